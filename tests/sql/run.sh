#!/bin/sh
# Compares scoring with records in a database to scoring the same records from files.
#   run.sh XIZE ENGINE ROOT    ENGINE: sqlite, postgresql, clickhouse, duckdb
# What is printed must be the same to the last digit; what SQL can say must have been added up in the
# database (no XZ6070, XZ6071). Then what databases do wrong: gone, slow, denying, hostile.
set -u
xize=$(realpath "$1")
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
    for file in "$box"/out.* "$box"/err.*; do
      [ -s "$file" ] && head -c 1500 "$file" | sed "s/^/  ${file##*.} | /"
    done
  fi
}
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"; }  # a name for SQL

remote=yes
. "$here/$engine.sh"
start

# load CSV TABLE [TYPES]: every column is text unless TYPES says otherwise.
# same POLICY DATA REST: the same scores from files in DATA, and from files in REST and the database;
# pushed: and all added up there.
same() {
  "$xize" score "$1" --data "$2" --period all --format json >"$box/out.files" 2>"$box/err.files"
  status=$?
  "$xize" score "$1" --data "$3" --records "$url" --period all --format json \
    >"$box/out.remote" 2>"$box/err.remote"
  [ $? = "$status" ] && cmp -s "$box/out.files" "$box/out.remote"
}
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
for policy in "$root"/policies/*/; do
  [ -f "$policy/policy.xize" ] || continue
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

# The whole policy as a view: the same totals, ranks, grades and items as `score` prints.
normal() { sed -E 's/(\.[0-9]*[1-9])0+(,|$)/\1\2/g; s/\.0+(,|$)/\1/g' | sort; }
same_view() {
  "$xize" score "$here/view/policy.xize" --data "$here/view/data" --format csv 2>"$box/err.files" |
    awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) at[$i] = i; next }
      { print $at["unit"] "," $at["rank"] "," $at["total"] "," $at["grade"] "," $at["rate"] }' | normal >"$box/out.files"
  "$xize" emit sql "$here/view/policy.xize" --dialect "$engine" -o "$box/view.sql" 2>"$box/err.emit" ||
    return 1
  view_rows 'SELECT "name", "rank", "total", "grade", "rate" FROM "all_of_it"' |
    normal >"$box/out.view"
  [ "$(wc -l <"$box/out.files")" = 6 ] && cmp -s "$box/out.files" "$box/out.view"
}
empty
load "$here/view/data/bureaus.csv" bureaus
load "$here/view/data/errors.csv" errors
check "a policy as a view" same_view

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
[ $remote = no ] || misbehave

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
