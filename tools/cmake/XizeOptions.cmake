# Options and flags that hold for every target of the project.
option(XIZE_JIT "Build the engine that compiles, which needs LLVM 19 (tools/setup installs it)" ON)
option(XIZE_SMT "Build the proofs of `xize verify`, which need Z3 (tools/setup installs it)" ON)
option(XIZE_WERROR "Treat warnings as errors" ON)
option(XIZE_ASSERTIONS "Keep assert() in an optimised build" OFF)
option(XIZE_COVERAGE "Instrument for gcov" OFF)
option(XIZE_FUZZ "Build the fuzzers (clang)" OFF)
option(XIZE_CLANG_TIDY "Run clang-tidy on every file that is compiled" OFF)
set(XIZE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(xize_flags INTERFACE)
target_compile_options(xize_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual)
# g++ 12 sees an overlap in `"text" + std::string` where there is none (its bug 105651), and once it
# optimises or instruments, an uninitialised read in std::optional, std::string and std::sort.
target_compile_options(xize_flags INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>)
# Nobody replaces a function of ours when the program is loaded, so the compiler may see through it.
target_compile_options(xize_flags INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-fno-semantic-interposition>)
# Where files are compiled in batches, what stands in one of them is still its own.
if(CMAKE_UNITY_BUILD)
  target_compile_options(xize_flags INTERFACE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
if(XIZE_WERROR)
  target_compile_options(xize_flags INTERFACE -Werror)
endif()
target_include_directories(xize_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})

if(XIZE_ASSERTIONS)
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
endif()
if(XIZE_SANITIZE)
  add_compile_options(-fsanitize=${XIZE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${XIZE_SANITIZE})
endif()
if(XIZE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(XIZE_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
if(XIZE_CLANG_TIDY)
  find_program(CLANG_TIDY_PROGRAM NAMES clang-tidy-14 clang-tidy REQUIRED)
endif()
