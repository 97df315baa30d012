# Foreign libraries, each found once, by the name the rooms use. `tools/setup` installs them.
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
pkg_check_modules(GMP REQUIRED IMPORTED_TARGET gmpxx)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
find_package(nlohmann_json REQUIRED)
find_package(antlr4-runtime CONFIG REQUIRED)
find_program(ANTLR4_TOOL NAMES antlr4 REQUIRED)
find_package(Threads REQUIRED)
