# ClickHouse: three nodes, over which every table is distributed, by the program of
# tests/sql/clickhouse_node.cpp.
from_npm @chdb/lib-linux-x64-gnu 26.7.3-stable.1
library=$npm/node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
launcher=$build/tests/sql/xize_clickhouse_node
ports="1 2 3"
escaped() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }
# ask NODE SQL [FILE]: a query, with the file behind it
ask() {
  node=$1
  query=$2
  shift 2
  curl -sS --fail-with-body -H "X-ClickHouse-User: owner" -H "X-ClickHouse-Key: 0wner" \
    --url-query "query=$query" --data-binary "@${1:-/dev/null}" \
    "http://127.0.0.1:1812$node/?distributed_foreground_insert=1" || { echo; echo "  in: $query"; return 1; }
}
# run NODE FILE: what the file says
run() {
  curl -sS --fail-with-body -H "X-ClickHouse-User: owner" -H "X-ClickHouse-Key: 0wner" \
    --data-binary "@$2" "http://127.0.0.1:1812$1/?max_query_size=10000000"
}
# The profile would skip nodes that are gone: nobody may be fooled by that.
configure() {
  cat <<XML
<clickhouse><listen_host>127.0.0.1</listen_host>
<remote_servers><three>
<shard><replica><host>127.0.0.1</host><port>19121</port><user>owner</user><password>0wner</password></replica></shard>
<shard><replica><host>127.0.0.1</host><port>19122</port><user>owner</user><password>0wner</password></replica></shard>
<shard><replica><host>127.0.0.1</host><port>19123</port><user>owner</user><password>0wner</password></replica></shard>
</three></remote_servers>
<users_config>$box/users.xml</users_config></clickhouse>
XML
  cat >"$box/users.xml" <<XML
<clickhouse><profiles><default><skip_unavailable_shards>1</skip_unavailable_shards>
<function_sleep_max_microseconds_per_block>0</function_sleep_max_microseconds_per_block></default></profiles>
<users>
<default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default>
<owner><password>0wner</password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></owner>
<reader><password>s3cret</password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></reader>
</users>
<quotas><default></default></quotas></clickhouse>
XML
}
is_there() { ask "$1" "SELECT 1" >/dev/null 2>&1; }
start_node() {
  "$launcher" "$library" --path="$box/node$1" --config-file="$box/node.xml" --query="SYSTEM START LISTEN TCP;
    SYSTEM START LISTEN HTTP; SELECT count() FROM numbers(100000) WHERE sleepEachRow(1)
    SETTINGS function_sleep_max_microseconds_per_block = 0, max_block_size = 1" \
    -- --tcp_port="1912$1" --http_port="1812$1" >"$box/node$1.log" 2>&1 &
  eval "node$1=$!"
  server="$server $!"
}
await_nodes() {
  for n in $ports; do
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      is_there "$n" && break
      sleep 0.5
    done
  done
}
start() {
  configure >"$box/node.xml"
  for n in $ports; do start_node "$n"; done
  await_nodes
  echo "s3cret" >"$box/reader.word"
  export XIZE_CLICKHOUSE_PASSWORD_FILE="$box/reader.word"
  certificate server
  certificate other
  node "$here/tls_proxy.js" 18443 18121 "$box/server" >"$box/proxy.log" 2>&1 &
  server="$server $!"
  url=clickhouse://reader@127.0.0.1:18121/default
}
running() { ask 1 "SELECT count() FROM system.processes WHERE user = 'reader'"; }
tables=
empty() {
  for table in $tables; do
    for n in $ports; do
      ask "$n" "DROP TABLE IF EXISTS \"t$table\" SYNC"
      ask "$n" "DROP TABLE IF EXISTS $(cat "$box/name$table") SYNC"
    done
  done
  tables=
}
# create NUMBER NAME COLUMNS: a part on every node, and the whole on each
create() {
  escaped "$2" >"$box/name$1"
  tables="$tables $1"
  for n in $ports; do
    ask "$n" "CREATE TABLE t$1 ($3) ENGINE = MergeTree ORDER BY tuple()"
    ask "$n" "CREATE TABLE $(cat "$box/name$1") AS t$1 ENGINE = Distributed(three, currentDatabase(), t$1, rand())"
  done
}
count=0
load() {
  count=$((count + 1))
  columns=$(head -n 1 "$1" | tr -d '\r' | sed 's/,/" String, "/g')
  create "$count" "$2" "\"$columns\" String"
  ask 1 "INSERT INTO $(cat "$box/name$count") FORMAT CSVWithNames" "$1"
}
load_typed() {
  count=$((count + 1))
  create "$count" "$2" "bureau LowCardinality(String), id String, \"day\\'\\\"\" Date, closed Nullable(Date32),
    n UInt16, amount Decimal(12, 2), share Nullable(Decimal(9, 4)), late Bool, kind String,
    \"note\\\\\" Nullable(String), weight Nullable(Decimal(8, 3))"
  ask 1 "INSERT INTO $(cat "$box/name$count") FORMAT CSVWithNames" "$1"
}
# One statement a request; a view ends with the line that ends with a semicolon.
make_views() {
  rm -f "$box"/view.sql.*
  awk -v out="$box/view.sql" '{ print > (out "." n + 0) } /;$/ && !/^--/ { ++n }' "$box/view.sql"
  for file in "$box"/view.sql.*; do
    view=$(sed -n 's/^CREATE VIEW \(".*"\) AS$/\1/p' "$file")
    [ -n "$view" ] || continue  # SET, which requests have in their address
    ask 1 "DROP VIEW IF EXISTS $view" >"$box/err.view" &&
      run 1 "$file" >"$box/err.view" || return 1
  done
}
view_rows() {
  ask 1 "SELECT * FROM $(escaped "$1") FORMAT TabSeparatedWithNames" >"$box/rows" 2>&1 ||
    { cp "$box/rows" "$box/err.view"; return 1; }
  sed 's/\\N//g' "$box/rows"
}
make_slow() {
  empty
  load_typed "$box/table.csv" slow
  ask 1 "CREATE OR REPLACE VIEW $(escaped "$name") AS SELECT * FROM slow WHERE sleepEachRow(0.05) = 0"
}
# Starts the nodes that are gone; false if none is.
revive() {
  gone=
  for n in $ports; do
    is_there "$n" || { gone="$gone $n"; start_node "$n"; }
  done
  [ -n "$gone" ] || return 1
  echo "node$gone aborted"
  await_nodes
}
# A node out of this library sometimes aborts when a query is cancelled in which it takes part. Who
# met that is asked once more.
despite_aborts() {
  for _ in 1 2 3 4 5; do
    "$@" && return
    revive && make_slow || return 1
  done
  return 1
}
misbehave() {
  name="cases \"a\" \\ 'b'; --"
  empty
  load_typed "$box/table.csv" "$name"
  secure="clickhouse://reader@localhost:18443/default?secure=1"
  url="$secure&ca=$box/server.pem"
  check "HTTPS" pushed "$here/typed/policy.xize" "$box/typed" "$box/units"
  url=clickhouse://reader@127.0.0.1:18121/default
  check "a certificate that nobody vouches for" refuses XZ6062 3 --records "$secure"
  check "the certificate of another" refuses XZ6062 3 --records "$secure&ca=$box/other.pem"
  check "an unknown user" refuses XZ6063 3 --records clickhouse://nobody@127.0.0.1:18121/default
  check "no such database" refuses XZ6062 3 --records clickhouse://reader@127.0.0.1:18121/none
  export XIZE_CLICKHOUSE_PASSWORD_FILE="$box/none.word"
  check "no file of the password" refuses XZ6063 3 --records "$url"
  export XIZE_CLICKHOUSE_PASSWORD_FILE="$box/reader.word"
  check "nobody listens" refuses XZ6062 3 --records clickhouse://reader@127.0.0.1:1/default
  check "a password in the address" refuses XZ6061 2 --records clickhouse://reader:s3cret@127.0.0.1:18121
  empty
  check "no such table" refuses XZ6064 1 --records "$url"
  make_slow
  check "a slow view" despite_aborts refuses XZ6066 3 --records "$url" --records-timeout 1
  check "interrupted" despite_aborts interrupts
  revive
  empty
  ask 1 "DROP VIEW IF EXISTS $(escaped "$name")"
  load_typed "$box/table.csv" "$name"
  eval "kill -9 \$node3"
  sleep 0.5
  check "a node is gone: no partial sum" refuses XZ6067 3 --records "$url"
}
