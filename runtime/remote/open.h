// What opens a database of each kind. Private to this room.
#pragma once

#include "runtime/remote/address.h"

namespace xize::remote {

using Opened = std::variant<std::unique_ptr<Source>, Failure>;

Opened open_postgresql(const std::string& url, const Address& address, Patience patience);
Opened open_clickhouse(const Address& address, Patience patience);
Opened open_sqlite(const Address& address, Patience patience);

// Text between quotes for the queries that ask a catalogue: '…' with quotes doubled.
std::string quoted(std::string_view text, char quote);

}  // namespace xize::remote
