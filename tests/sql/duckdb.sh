# DuckDB, from npm (DUCKDB: the folder that has node_modules/@duckdb/node-api): only views are for it.
[ -d "${DUCKDB:-}/node_modules/@duckdb/node-api" ] || { echo "DuckDB is missing: set DUCKDB"; exit 1; }
remote=no
start() { : >"$box/tables"; }
empty() { : >"$box/tables"; }
load() {
  copy=$box/table$(wc -l <"$box/tables").csv
  cp "$1" "$copy"
  printf '%s\t%s\n' "$copy" "$2" >>"$box/tables"
}
make_views() { :; }
view_rows() {
  NODE_PATH="$DUCKDB/node_modules" node "$here/duckdb.js" "$box/tables" "$box/view.sql" \
    "SELECT * FROM $(quoted "$1")" 2>"$box/err.view"
}
