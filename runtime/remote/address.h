// address: the parts of a database URL. A password in it is refused, wherever it stands.
#pragma once

#include <map>
#include <string>
#include <variant>

#include "runtime/remote/source.h"

namespace xize::remote {

struct Address {
  std::string scheme, user, host, port, path;
  std::map<std::string, std::string> options;
  std::string shown;  // scheme, host, port and path
};

std::variant<Address, Failure> parse_address(const std::string& url);

}  // namespace xize::remote
