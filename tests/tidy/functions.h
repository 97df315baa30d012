// Finds the functions and types of a C++ file without a compiler.
// In: code free of comments and literals. Out: where each starts and ends. Must hold: a shape the
// scanner does not know is skipped, never misread as something shorter or longer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace xize::tidy {

// A function with a body, methods included; lambdas belong to the function around them.
struct Function {
  std::string name;
  std::size_t first_line = 0;  // of its head
  std::size_t last_line = 0;   // of its closing brace
  std::size_t parameters = 0;
  bool is_override = false;  // whose shape another class decides
  bool is_unnamed = false;   // stands in an unnamed namespace, in no type
};

// A struct, class, union or enum that is defined (not only declared) outside any function.
struct TypeDefinition {
  std::string name;
  std::size_t line = 0;  // of its head, a `template` line included
  std::size_t last_line = 0;
  bool is_nested = false;
  bool is_unnamed = false;  // stands in an unnamed namespace, in no type
};

// A constant `kName` of an unnamed namespace.
struct Constant {
  std::string name;
  std::size_t line = 0;
};

// What a file defines, in order.
struct Definitions {
  std::vector<Function> functions;
  std::vector<TypeDefinition> types;
  std::vector<Constant> constants;
  std::vector<std::string> namespaces;  // as written: `xize::value`, empty for an unnamed one
};

Definitions find_definitions(std::string_view code);

}  // namespace xize::tidy
