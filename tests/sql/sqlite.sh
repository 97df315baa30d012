# SQLite: a file.
command -v sqlite3 >/dev/null || { echo "sqlite3 is missing: run tools/setup"; exit 1; }
start() { url=sqlite:$box/records.db; }
empty() { rm -f "$box/records.db"; : >"$box/records.db"; }
dotted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }  # a word of a dot command
load() {
  sqlite3 "$box/records.db" <<SQL
.bail on
.import --csv "$1" $(dotted "$2")
SQL
}
load_typed() {
  sqlite3 "$box/records.db" "CREATE TABLE $(quoted "$2") (bureau TEXT COLLATE NOCASE, id TEXT,
    \"day'\"\"\" TEXT, closed TEXT, n INTEGER, amount REAL, share REAL, late TEXT, kind TEXT,
    \"note\\\" TEXT, weight NUMERIC)"
  sqlite3 "$box/records.db" <<SQL
.bail on
.import --csv --skip 1 "$1" $(dotted "$2")
SQL
}
make_views() { sqlite3 -bail "$box/records.db" <"$box/view.sql" 2>"$box/err.view"; }
view_rows() { sqlite3 -bail -header -tabs "$box/records.db" "SELECT * FROM $(quoted "$1")" 2>"$box/err.view"; }
# A column is missing: nothing else is said.
lacks_column() {
  "$xize" score "$here/typed/policy.xize" --data "$box/units" --records "$url" \
    >"$box/out.lacks" 2>"$box/err.lacks"
  [ $? = 1 ] && grep -q 'XZ4022' "$box/err.lacks" && ! grep -q 'XZ607[01]' "$box/err.lacks"
}
misbehave() {
  check "no such file" refuses XZ6062 3 --records "sqlite:$box/none.db"
  echo "this is no database, whatever its name is" >"$box/text.db"
  check "no database" refuses XZ6062 3 --records "sqlite:$box/text.db"
  empty
  check "no such table" refuses XZ6064 1 --records "$url"
  load_typed "$box/table.csv" slow
  sqlite3 "$box/records.db" "CREATE VIEW $(quoted "cases \"a\" \\ 'b'; --") AS SELECT bureau, id FROM slow"
  check "columns are missing" lacks_column
  empty
  sqlite3 "$box/records.db" "CREATE VIEW $(quoted "cases \"a\" \\ 'b'; --") AS SELECT * FROM gone"
  check "a view of nothing" refuses XZ6065 3 --records "$url"
  check "an address that is none" refuses XZ6060 2 --records nonsense
}
