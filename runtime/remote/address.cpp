#include "runtime/remote/address.h"

#include <cctype>

namespace xize::remote {
namespace {

// `%E5` becomes the byte it stands for.
std::string decode(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && std::isxdigit(text[i + 1]) != 0 &&
                       std::isxdigit(text[i + 2]) != 0;
    if (coded) {
      out.push_back(static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Takes what stands before `mark`, or everything.
std::string take_until(std::string& text, char mark) {
  const auto at = text.find(mark);
  std::string head = text.substr(0, at);
  text.erase(0, at == std::string::npos ? text.size() : at + 1);
  return head;
}

// `user:word@host`: a colon before the last `@`, or a port that is no number. A password may have
// any sign in it, so this is asked before the address is cut into parts.
bool has_password(const std::string& rest) {
  const auto colon = rest.find(':');
  const auto at = rest.rfind('@', rest.find('?'));
  if (at != std::string::npos) return colon < at;
  if (rest.find('@') == std::string::npos || colon > rest.find_first_of("/?")) return false;
  return rest.find_first_not_of("0123456789", colon + 1) != rest.find_first_of(",/?", colon + 1);
}

// `host:5432`, `[::1]:5432`; several hosts stay as they are.
void split_port(Address& address) {
  const auto colon = address.host.rfind(':');
  const auto bracket = address.host.rfind(']');
  if (colon == std::string::npos || address.host.find(',') != std::string::npos) return;
  if (bracket != std::string::npos && colon < bracket) return;
  address.port = address.host.substr(colon + 1);
  address.host.erase(colon);
}

}  // namespace

std::variant<Address, Failure> parse_address(const std::string& url) {
  Address address;
  std::string rest = url;
  const auto colon = url.find(':');
  if (colon == std::string::npos) return Failure{FailureKind::BadUrl};
  address.scheme = take_until(rest, ':');
  if (address.scheme == "sqlite") {
    address.path = rest.starts_with("//") ? rest.substr(2) : rest;
    address.shown = "sqlite:" + address.path;
    if (address.path.empty()) return Failure{FailureKind::BadUrl};
    return address;
  }
  if (!rest.starts_with("//")) return Failure{FailureKind::BadUrl};
  std::string options = rest.substr(2);
  if (has_password(options)) return Failure{FailureKind::PasswordInUrl};
  rest = take_until(options, '?');
  address.host = take_until(rest, '/');
  address.path = decode(rest);
  if (const auto at = address.host.rfind('@'); at != std::string::npos) {
    address.user = decode(address.host.substr(0, at));
    address.host.erase(0, at + 1);
  }
  address.shown = address.scheme + "://" + address.host + (rest.empty() ? "" : "/" + address.path);
  split_port(address);
  while (!options.empty()) {
    std::string value = take_until(options, '&');
    const std::string key = decode(take_until(value, '='));
    if (key == "password" || key == "sslpassword") return Failure{FailureKind::PasswordInUrl};
    address.options[key] = decode(value);
  }
  return address;
}

}  // namespace xize::remote
