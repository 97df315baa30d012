# PostgreSQL 15 on a socket of its own and, with TLS, on a port; with passwords. It does not run as root.
bin=/usr/lib/postgresql/15/bin
[ -x "$bin/postgres" ] || { echo "PostgreSQL 15 is missing: run tools/setup"; exit 1; }
as_user=
[ "$(id -u)" != 0 ] || as_user="setpriv --reuid=nobody --regid=nogroup --clear-groups"
sql() { PGPASSFILE=$box/owner.pass "$bin/psql" -q -v ON_ERROR_STOP=1 -h "$box/socket" -U owner "$@"; }
export PGPORT=18432
start() {
  mkdir "$box/socket" "$box/pg"
  echo "0wner" >"$box/owner.word"
  certificate server
  certificate other
  [ "$(id -u)" = 0 ] && chown -R nobody "$box/socket" "$box/pg" "$box/server.key"
  $as_user "$bin/initdb" -D "$box/pg/data" -U owner -A scram-sha-256 --pwfile="$box/owner.word" \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$box/initdb.log" 2>&1 || { cat "$box/initdb.log"; exit 1; }
  sed -i 's/^host /hostssl /' "$box/pg/data/pg_hba.conf"
  $as_user "$bin/postgres" -D "$box/pg/data" -k "$box/socket" -c listen_addresses=127.0.0.1 -c fsync=off \
    -c ssl=on -c ssl_cert_file="$box/server.pem" -c ssl_key_file="$box/server.key" >"$box/server.log" 2>&1 &
  server=$!
  echo "*:*:*:owner:0wner" >"$box/owner.pass"
  echo "*:*:*:reader:s3cret" >"$box/reader.pass"
  chmod 600 "$box/owner.pass" "$box/reader.pass"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sql -d postgres -c "SELECT 1" >/dev/null 2>&1 && break
    sleep 0.5
  done
  sql -d postgres -c "CREATE ROLE reader LOGIN PASSWORD 's3cret'" -c "CREATE DATABASE kaohe"
  export PGPASSFILE="$box/reader.pass"
  url="postgresql://reader@/kaohe?host=$box/socket"
}
stop() { $as_user "$bin/pg_ctl" -D "$box/pg/data" -m immediate stop; }
empty() {
  sql -d kaohe -c "SET client_min_messages = error" -c "DROP SCHEMA public CASCADE" \
    -c "CREATE SCHEMA public" -c "GRANT USAGE ON SCHEMA public TO reader" \
    -c "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader"
}
load() {
  columns=$(head -n 1 "$1" | tr -d '\r' | sed 's/"/""/g; s/,/" TEXT, "/g')
  sql -d kaohe -c "CREATE TABLE $(quoted "$2") (\"$columns\" TEXT)"
  sql -d kaohe -c "COPY $(quoted "$2") FROM STDIN (FORMAT csv, HEADER)" <"$1"
}
load_typed() {
  sql -d kaohe -c "CREATE TABLE $(quoted "$2") (bureau VARCHAR(20), id TEXT, \"day'\"\"\" DATE,
    closed DATE, n BIGINT, amount NUMERIC(12, 2), share NUMERIC, late BOOLEAN, kind TEXT,
    \"note\\\" TEXT, weight NUMERIC(8, 3), more JSONB)"
  sql -d kaohe -c "COPY $(quoted "$2") (bureau, id, \"day'\"\"\", closed, n, amount, share, late, kind,
    \"note\\\", weight) FROM STDIN (FORMAT csv, HEADER)" <"$1"
}
make_views() { sql -d kaohe -f "$box/view.sql" 2>"$box/err.view"; }
view_rows() {
  sql -d kaohe -A -F "$(printf '\t')" -P footer=off -c "SELECT * FROM $(quoted "$1")" 2>"$box/err.view"
}
running() {
  sql -d kaohe -At -c "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'"
}
# A server that takes the call and never answers is not waited for once Ctrl-C is pressed.
interrupts_silence() {
  kill -STOP "$server"
  "$xize" score "$here/typed/policy.xize" --data "$box/units" --records "$url" -o "$box/out.csv" \
    --format csv 2>"$box/err.int" &
  scoring=$!
  sleep 1
  kill -INT "$scoring"
  pressed=$(date +%s)
  wait "$scoring"
  status=$?
  waited=$(($(date +%s) - pressed))
  kill -CONT "$server"
  echo "status $status after $waited s" >>"$box/err.int"
  [ $status = 130 ] && [ $waited -le 3 ] && [ ! -e "$box/out.csv" ] && grep -q XZ6068 "$box/err.int"
}
misbehave() {
  name="cases \"a\" \\ 'b'; --"
  empty
  load_typed "$box/table.csv" "$name"
  secure="postgresql://reader@localhost:18432/kaohe?sslmode"
  for mode in "require" "verify-full&sslrootcert=$box/server.pem"; do
    url="$secure=$mode"
    check "TLS, $mode" pushed "$here/typed/policy.xize" "$box/typed" "$box/units"
  done
  url="postgresql://reader@/kaohe?host=$box/socket"
  check "nothing without TLS" refuses XZ6063 3 --records "$secure=disable"
  check "the certificate of another" refuses XZ6062 3 --records "$secure=verify-full&sslrootcert=$box/other.pem"
  check "a certificate for another" refuses XZ6062 3 \
    --records "postgresql://reader@127.0.0.1/kaohe?sslmode=verify-full&sslrootcert=$box/server.pem"
  check "no such database" refuses XZ6062 3 --records "postgresql://reader@/none?host=$box/socket"
  check "no such user" refuses XZ6063 3 --records "postgresql://nobody@/kaohe?host=$box/socket"
  echo "*:*:*:reader:other" >"$box/wrong.pass"
  chmod 600 "$box/wrong.pass"
  export PGPASSFILE="$box/wrong.pass"
  check "a wrong password" refuses XZ6063 3 --records "$url"
  export PGPASSFILE="$box/reader.pass"
  check "nobody listens" refuses XZ6062 3 --records "postgresql://reader@127.0.0.1:1/kaohe"
  check "a password in the address" refuses XZ6061 2 --records "postgresql://reader:s3cret@/kaohe"
  check "a password in its options" refuses XZ6061 2 --records "postgresql:///kaohe?password=s3cret"
  empty
  check "no such table" refuses XZ6064 1 --records "$url"
  load_typed "$box/table.csv" "$name"
  name=$(quoted "$name")
  sql -d kaohe -c "REVOKE SELECT ON $name FROM reader"
  check "no right to read" refuses XZ6063 3 --records "$url"
  sql -d kaohe -c "ALTER TABLE $name RENAME TO slow" -c "CREATE VIEW $name AS SELECT * FROM slow
    WHERE pg_sleep(0.05) IS NOT NULL"
  check "a slow view" refuses XZ6066 3 --records "$url" --records-timeout 1
  check "interrupted" interrupts
  check "interrupted before the server answers" interrupts_silence
  # Nothing was written, whatever the names say.
  check "the table is still there" sql -d kaohe -c "SELECT 1 FROM slow LIMIT 1" -o /dev/null
}
