# Writes the text of INPUT into OUTPUT as a C++ string.
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "#include <string_view>\n\nnamespace xize::driver {\n\n"
  "extern const std::string_view kCalendarText;\n"
  "const std::string_view kCalendarText = R\"xize(${text})xize\";\n\n}  // namespace xize::driver\n")
