#!/bin/sh
# Compares scoring with records in a database to scoring the same records from files.
#   run.sh XIZE ENGINE ROOT    ENGINE: sqlite, postgresql, clickhouse, duckdb
# What is printed must be the same to the last digit; what SQL can say must have been added up in the
# database (no XZ6070, XZ6071). Views must hold what `score` prints. Then what databases do wrong:
# gone, slow, denying, hostile. SKIP is a policy that is not taken, since it takes long. Exit status
# 77, a skipped test, where npm cannot install an engine that is wanted from there.
set -u
xize=$(realpath "$1")
build=$(realpath "$(dirname "$xize")/../..")
compare=$build/tests/sql/xize_compare_view
engine=$2
root=$(realpath "$3")
here=$root/tests/sql
box=$(mktemp -d)
server=
stop() {
  # shellcheck disable=SC2086  # a list of processes
  kill -9 $server && wait $server
}
finish() {
  [ -n "$server" ] && stop >/dev/null 2>&1
  rm -rf "$box"
}
trap finish EXIT
trap 'exit 130' INT TERM
export LC_ALL=C.UTF-8 NO_COLOR=1 TERM=dumb XIZE_LANG=en
chmod 755 "$box"

passed=0
failed=0
check() {  # check TITLE COMMAND...: the command holds
  title=$1
  shift
  rm -f "$box"/out.* "$box"/err.*
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $engine: $title"
    for file in "$box"/err.* "$box"/out.*; do
      [ -s "$file" ] && head -c 1500 "$file" | sed "s/^/  ${file##*.} | /"
    done
  fi
}
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"; }  # a name for SQL
# certificate NAME: NAME.pem, which localhost has signed by itself, and its key.
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout "$box/$1.key" -out "$box/$1.pem" 2>/dev/null
}
# from_npm PACKAGE VERSION: the folder `npm` has the package, which is installed once.
npm=$build/npm-$engine
from_npm() {
  [ -d "$npm/node_modules/$1" ] && return
  mkdir -p "$npm"
  npm install --prefix "$npm" --ignore-scripts --no-audit --no-fund --no-save "$1@$2" \
    >"$npm/install.log" 2>&1 && return
  echo "SKIPPED: npm cannot install $1, see $npm/install.log"
  exit 77
}

remote=yes
. "$here/$engine.sh"
start

# load CSV TABLE [TYPES]: every column is text unless TYPES says otherwise.
# same POLICY DATA REST: the same scores from files in DATA, and from files in REST and the database,
# by each engine; pushed: and all added up there.
same() {
  "$xize" score "$1" --data "$2" --period all --format jsonl >"$box/out.files" 2>"$box/err.files"
  status=$?
  [ -s "$box/out.files" ] || return 1
  ordered "$box/out.files" >"$box/files"
  for by in interpreter vector; do
    "$xize" score "$1" --data "$3" --records "$url" --period all --format jsonl --engine $by \
      >"$box/out.remote" 2>"$box/err.remote"
    [ $? = "$status" ] || return 1
    ordered "$box/out.remote" | diff "$box/files" - >"$box/err.diff" || return 1
  done
}
# Where a row stands is another matter in a database.
ordered() { sed 's/,"line":[0-9]*}$/}/' "$1" | sort; }
pushed() { same "$@" && ! grep -q 'XZ607[01]' "$box/err.remote"; }

# The records of a policy: its CSV files that a table of records, not a sample, is named after.
split_policy() {
  rm -rf "$box/rest"
  cp -r "$1/data" "$box/rest"
  for file in "$box"/rest/*.csv; do
    name=$(basename "$file" .csv)
    grep -qE "^ *(records|台账) +$name( |\{|$)" "$1/policy.xize" || continue
    load "$file" "$name"
    rm "$file"
  done
}

if [ $remote = yes ]; then
for policy in "$here/quarters" "$root"/policies/*/; do
  [ "$(basename "$policy")" != "${SKIP:-}" ] || continue
  empty
  split_policy "$policy"
  check "the same scores by $policy" same "$policy/policy.xize" "$policy/data" "$box/rest"
done

# Columns of their own types, and everything that can be added up in the database.
for seed in 1 2 3; do
  empty
  rm -rf "$box/typed" "$box/units"
  mkdir "$box/typed" "$box/units"
  awk -v seed="$seed" -v rows=2000 -v out="$box/typed" -f "$here/generate.awk"
  cp "$box/typed/bureaus.csv" "$box/units"
  { printf '%s\n' "bureau,id,\"day'\"\"\",closed,n,amount,share,late,kind,note\\,weight"
    cat "$box/typed/cases.csv"; } >"$box/table.csv"
  rm "$box/typed/head" "$box/typed/cases.csv"
  cp "$box/table.csv" "$box/typed/cases \"a\" \\ 'b'; --.csv"
  load_typed "$box/table.csv" "cases \"a\" \\ 'b'; --"
  check "typed columns, seed $seed" pushed "$here/typed/policy.xize" "$box/typed" "$box/units"
done
fi

# The CSV file as views read tables: columns by the names that the view has for them, 85% as 0.85,
# 2024年第一季度 as 2024Q1.
plain() {
  awk -F, -v OFS=, '
    NR == FNR { while (match($0, /"[^"]*"/)) { known[substr($0, RSTART + 1, RLENGTH - 2)]
      $0 = substr($0, RSTART + RLENGTH) } next }
    FNR == 1 { for (i = 1; i <= NF; ++i) { name = $i
      while (!(name in known) && sub(/^[^.]*[.]/, "", name)) {}
      if (name in known) $i = name } }
    !/"/ { for (i = 1; i <= NF; ++i) if ($i ~ /^[0-9.]+%$/) $i = ($i + 0) / 100 }
    { print }' "$box/view.sql" "$1" |
    sed 's/年第一季度/Q1/g; s/年第二季度/Q2/g; s/年第三季度/Q3/g; s/年第四季度/Q4/g'
}
# views FOLDER: every rubric of the policy as a view holds what `score` prints of it.
views() {
  "$xize" score "$1/policy.xize" --data "$1/data" --period all --format json \
    >"$box/out.files" 2>"$box/err.files"
  [ -s "$box/out.files" ] || return 1
  "$xize" emit sql "$1/policy.xize" --dialect "$engine" -o "$box/view.sql" 2>"$box/err.emit"
  [ -s "$box/view.sql" ] || return 1
  for file in "$1"/data/*.csv; do
    plain "$file" >"$box/plain.csv"
    load "$box/plain.csv" "$(basename "$file" .csv)"
  done
  make_views || return 1
  grep '^CREATE VIEW' "$box/view.sql" | sed 's/^CREATE VIEW "//; s/" AS$//' >"$box/views"
  [ -s "$box/views" ] || return 1
  surface=zh
  grep -q '^policy ' "$1/policy.xize" && surface=en
  while read -r view; do
    view_rows "$view" >"$box/view.tsv" || return 1
    "$compare" "$box/out.files" "$view" "$box/view.tsv" $surface >"$box/out.view" || return 1
    echo "$engine $(basename "$1") $(head -n 1 "$box/out.view")"
    # Whatever is not there was said to be left out.
    sed 1d "$box/out.view" | while read -r absent; do
      grep "error\|warning" "$box/err.emit" | grep -qF "\`$absent\`" || echo "unsaid: $absent"
    done >"$box/err.unsaid"
    [ ! -s "$box/err.unsaid" ] || return 1
  done <"$box/views"
}
for policy in "$here/view" "$here/quarters" "$root"/policies/*/; do
  [ "$(basename "$policy")" != "${SKIP:-}" ] || continue
  empty
  check "$policy as views" views "${policy%/}"
done

# refuses CODE STATUS ARGUMENT...: both languages report exactly this, and print no score.
refuses() {
  code=$1
  wanted=$2
  shift 2
  for lang in zh en; do
    timeout 60 "$xize" --lang $lang score "$here/typed/policy.xize" --data "$box/units" "$@" \
      >"$box/out.$lang" 2>"$box/err.$lang"
    status=$?
    [ "$status" = "$wanted" ] || { echo "status $status"; return 1; }
    grep -q "error\[$code\]\|错误\[$code\]" "$box/err.$lang" || return 1
    [ ! -s "$box/out.$lang" ] || return 1
    ! grep -qF "s3cret" "$box/err.$lang" || return 1
  done
}
# Ctrl-C ends the program as a signal does, without a score, and cancels the query: `running` counts
# those of the reader.
interrupts() {
  "$xize" score "$here/typed/policy.xize" --data "$box/units" --records "$url" \
    >"$box/out.int" 2>"$box/err.int" &
  scoring=$!
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.5
    [ "$(running)" = 0 ] || break
  done
  kill -INT "$scoring"
  wait "$scoring"
  [ $? = 130 ] && [ ! -s "$box/out.int" ] && grep -q XZ6068 "$box/err.int" || return 1
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    [ "$(running)" = 0 ] && return
    sleep 0.5
  done
  echo "still running" >"$box/err.running"
  return 1
}
[ $remote = no ] || misbehave

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
