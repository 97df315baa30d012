# Writes the text of INPUT into OUTPUT as a C++ string.
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "#include <string_view>\n\nnamespace xize::driver {\n\n")
file(APPEND ${OUTPUT} "extern const std::string_view kCalendarText;\n")
file(APPEND ${OUTPUT} "const std::string_view kCalendarText = R\"xize(${text})xize\";\n\n")
file(APPEND ${OUTPUT} "}  // namespace xize::driver\n")
