# Where results go: a missing folder, a full disk, a reader that has gone. A result is there whole
# or not at all.

good_case "an output folder that does not exist"
run score policy.xize --data data --format csv -o out/result.csv
ends 3
code XZ6022
at out/result.csv
zh '请先建立文件夹'

good_case "a folder in the place of the output"
mkdir result.csv
run score policy.xize --data data --format csv -o result.csv
ends 3
code XZ6023
at result.csv

good_case "a full disk"
run score policy.xize --data data -o /dev/full
ends 3
code XZ6024
zh 未改动任何内容

good_case "standard output on a full disk"
run_as /dev/full score policy.xize --data data
ends 3
code XZ6024
at '<stdout>'

for command in 'check policy.xize' 'fmt policy.xize' 'explain XZ5001' 'completion bash' '--help' \
  'explain policy.xize --data data --unit 甲局'; do
  good_case "standard output on a full disk: $command"
  # shellcheck disable=SC2086  # words
  run_as /dev/full $command
  ends 3
  code XZ6024
done

good_case "a file that outgrows its limit leaves the old one as it was"
echo old >result.json
printf '#!/bin/sh\nulimit -f 1\nexec "%s" "$@"\n' "$xize" >"$seen/limited"
chmod +x "$seen/limited"
own=$xize
xize=$seen/limited
run score policy.xize --data data --format json -o result.json
xize=$own
ends 3
code XZ6024

good_case "a reader that has gone is no mistake"
"$xize" score policy.xize --data data --format json 2>"$seen/zh" | head -n 1 >/dev/null
[ ! -s "$seen/zh" ] || wrong "said something"

good_case "a result replaces an old one whole"
echo old >result.csv
timeout 60 "$xize" score policy.xize --data data --format csv -o result.csv >"$seen/zh" 2>&1
[ ! -s "$seen/zh" ] || wrong "said something"
grep -q 甲局 result.csv || wrong "the result lacks a unit"
! grep -q old result.csv || wrong "the old result is still there"
[ "$(find . -type f | wc -l)" = 4 ] || wrong "something else was left: $(find . -type f)"

good_case "fmt writes back in place and keeps the mode of the file"
sed -i 's/item/  item/' policy.xize
chmod 640 policy.xize
timeout 60 "$xize" --lang zh fmt --write policy.xize >"$seen/zh" 2>&1
[ "$(stat -c %a policy.xize)" = 640 ] || wrong "mode $(stat -c %a policy.xize)"
"$xize" fmt --check policy.xize >"$seen/zh" 2>&1 || wrong "not laid out"
