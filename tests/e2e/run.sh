#!/bin/sh
# Runs the cases of one topic: run.sh XIZE TOPIC, where TOPIC.sh stands beside this file.
#
# Each case gets an empty folder of its own. `run` calls the program in Chinese and in English; what
# follows says what both must have done:
#
#   case_of "a policy in GBK"          begins a case
#   run check policy.xize              calls it twice; nothing in the folder may change meanwhile
#   ends 1                             its exit status
#   code XZ1009                        the message, and no other code but those given
#   at policy.xize                     a place that both name
#   zh 看来是 GBK                       words that stand in the Chinese (English) messages
#   en 'looks like GBK'
#
# The closing line counts the cases; a failing one prints what it saw.
set -u
xize=$(realpath "$1")
topic=$2
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
box=$(mktemp -d)
trap 'chmod -R u+rwx "$box"; rm -rf "$box"' EXIT
trap 'exit 130' INT TERM
export LC_ALL=C.UTF-8 NO_COLOR=1 TERM=dumb
unset XIZE_LANG COLUMNS

passed=0
failed=0
title=
seen=$box/seen
mkdir "$seen"

finish_case() {
  [ -n "$title" ] || return 0
  if [ -s "$seen/wrong" ]; then
    failed=$((failed + 1))
    echo "FAILED $topic: $title"
    sed 's/^/  /' "$seen/wrong"
    for lang in zh en; do
      [ -f "$seen/$lang" ] && head -c 2000 "$seen/$lang" | sed "s/^/  $lang | /"
    done
  else
    passed=$((passed + 1))
  fi
}

case_of() {
  finish_case
  title=$1
  rm -f "$seen"/*
  : >"$seen/wrong"
  folder=$box/case
  chmod -R u+rwx "$folder" 2>/dev/null
  rm -rf "$folder"
  mkdir "$folder"
  cd "$folder" || exit 1
}

wrong() { echo "$*" >>"$seen/wrong"; }

# What the folder holds: names, kinds and sizes, and the bytes of what can be read.
listing() {
  find . ! -type d -exec ls -ld {} + 2>/dev/null
  find . -type f -size -1000k -exec cksum {} + 2>/dev/null
}

# run_as SINK ARGUMENT...: calls the program with stdout to SINK (`-`: kept).
run_as() {
  sink=$1
  shift
  listing >"$seen/before"
  for lang in zh en; do
    if [ "$sink" = - ]; then
      timeout 60 "$xize" --lang "$lang" "$@" >"$seen/$lang.out" 2>"$seen/$lang.err" </dev/null
    else
      : >"$seen/$lang.out"
      timeout 60 "$xize" --lang "$lang" "$@" >"$sink" 2>"$seen/$lang.err" </dev/null
    fi
    echo $? >"$seen/$lang.status"
    cat "$seen/$lang.out" "$seen/$lang.err" >"$seen/$lang"
  done
  listing >"$seen/after"
  cmp -s "$seen/before" "$seen/after" ||
    wrong "the folder changed: $(diff "$seen/before" "$seen/after" | tail -n 3)"
}
run() { run_as - "$@"; }

ends() {
  for lang in zh en; do
    status=$(cat "$seen/$lang.status")
    [ "$status" = "$1" ] || wrong "$lang: ended with $status, not $1"
  done
}
code() {
  for lang in zh en; do
    found=$(grep -oE '\[XZ[0-9]{4}\]' "$seen/$lang" | tr -d '[]' | sort -u | tr '\n' ' ')
    wanted=$([ $# = 0 ] || printf '%s\n' "$@" | sort -u | tr '\n' ' ')
    [ "$found" = "$wanted" ] || wrong "$lang: reported $found, not $wanted"
  done
}
holds() { grep -qF -- "$2" "$seen/$1" || wrong "$1: lacks \`$2\`"; }
zh() { holds zh "$1"; }
en() { holds en "$1"; }
at() { zh "$1"; en "$1"; }
silent() { for lang in zh en; do [ ! -s "$seen/$lang" ] || wrong "$lang: said something"; done; }

# A policy that scores, and data for it.
good_policy() {
  cat <<'XIZE'
policy 示例考核 { period yearly }
table 部门 {
  名称   : unit
  事项数 : count of 事项 >= 1
  办结数 : count of 事项 <= 事项数
}
records 差错 {
  部门 : unit
  编号 : text key
}
rubric 部门考核 for all 部门 total 20 {
  item 办结率 points 10 { ratio 办结数 / 事项数 }
  item 差错情况 points 10 { deduct 1 per 差错 }
}
XIZE
}
good_data() {
  mkdir -p data
  printf '名称,事项数,办结数\n甲局,100,95\n乙局,80,80\n' >data/部门.csv
  printf '部门,编号\n甲局,A1\n' >data/差错.csv
}
good_case() {
  case_of "$1"
  good_policy >policy.xize
  good_data
}

. "$here/$topic.sh"
finish_case
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
