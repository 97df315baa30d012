# Data as they come: without a unit, with one twice, damaged, in another encoding, unreadable, gone.

good_case "good data score"
run score policy.xize --data data
ends 0
code
at 甲局

good_case "no data folder, beside one nearly of that name"
run score policy.xize --data dat
ends 1
code XZ6020
zh '是否想写 `data`'
en 'did you mean `data`'

good_case "a data folder without data"
rm data/*
run score policy.xize --data data
ends 1
code XZ6021
at 部门.csv
at 差错.csv

good_case "a table without a file"
rm data/部门.csv
run score policy.xize --data data
ends 1
code XZ4001
at 部门.csv

good_case "a file of an unknown kind for a table"
mv data/部门.csv data/部门.json
run score policy.xize --data data
ends 1
code XZ4001 XZ4002
at data/部门.json

good_case "a workbook for a table"
printf 'PK\003\004\024\000' >data/部门.xlsx
rm data/部门.csv
run score policy.xize --data data
ends 1
code XZ4001 XZ4008
zh 'CSV UTF-8'

good_case "a column of units that is missing"
printf '事项数,办结数\n100,95\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4022
at data/部门.csv:1
at '`名称`'

good_case "a row that names no unit"
printf '名称,事项数,办结数\n甲局,100,95\n,80,80\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4060
at data/部门.csv:3
at 9.5

good_case "a unit that stands twice"
printf '名称,事项数,办结数\n甲局,100,95\n乙局,80,80\n甲局,90,90\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4062
at data/部门.csv:4
at data/部门.csv:2

good_case "records of a unit that has no row"
printf '部门,编号\n甲局,A1\n丙局,A2\n' >data/差错.csv
run score policy.xize --data data
ends 1
code XZ4061
at data/差错.csv:3

good_case "bytes that are no text in the middle of a file"
printf '名称,事项数,办结数\n甲局,100,95\n乙\377\376局,80,80\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4035
at data/部门.csv:3

good_case "a file that breaks off within quotes"
printf '名称,事项数,办结数\n甲局,100,95\n"乙局,80,80\n丁局,1,1\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4031
at data/部门.csv:3

good_case "a row that is too short"
printf '名称,事项数,办结数\n甲局,100,95\n乙局,80\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4030
at data/部门.csv:3
at 9.5

good_case "a binary file"
head -c 4096 /dev/zero >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4009

good_case "an empty file"
: >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4006
zh '请在第一行写出列名'

good_case "data in GB18030, as Excel exports them, score like those in UTF-8"
"$xize" score policy.xize --data data --format csv >"$seen/utf8" 2>&1
for file in data/*.csv; do
  iconv -f UTF-8 -t GB18030 "$file" >"$seen/gbk" && cp "$seen/gbk" "$file"
done
run score policy.xize --data data --format csv
ends 0
"$xize" score policy.xize --data data --format csv >"$seen/gbk" 2>&1
cmp -s "$seen/utf8" "$seen/gbk" || wrong "GB18030 scores differ from UTF-8"

good_case "a file that cannot be read"
ln -sf /proc/self/mem data/部门.csv
run score policy.xize --data data
ends 3
code XZ4004
at data/部门.csv

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  good_case "a file without permission"
  chmod 000 data/部门.csv
  chmod 755 "$box"
  as_nobody=$seen/as_nobody
  drop='setpriv --reuid=65534 --regid=65534 --clear-groups'
  printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$drop" "$xize" >"$as_nobody"
  chmod +x "$as_nobody"
  if "$as_nobody" --version >/dev/null 2>&1; then
    own=$xize
    xize=$as_nobody
    run score policy.xize --data data
    xize=$own
    ends 3
    code XZ4004
    zh 没有权限
    en permission
  fi
fi

good_case "a file that is gone before it is read"
rm data/部门.csv
ln -s gone.csv data/部门.csv
run score policy.xize --data data
ends 1
code XZ6020

good_case "a pipe that nobody writes to"
rm data/部门.csv
mkfifo data/部门.csv
run score policy.xize --data data
ends 3
code XZ4004

good_case "a file that grows while it is read"
{
  echo 部门,编号
  seq -f '甲局,K%.0f' 1 300000
} >data/差错.csv
for n in $(seq 1 500); do
  [ -e "$seen/zh.status" ] || { echo "乙局,L$n" >>data/差错.csv; sleep 0.02; }
done &
writer=$!
timeout 60 "$xize" --lang zh score policy.xize --data data >"$seen/zh" 2>&1
echo $? >"$seen/zh.status"
wait "$writer"
grep -qF 'XZ4005' "$seen/zh" || wrong "the change was not noticed"
[ "$(cat "$seen/zh.status")" = 3 ] || wrong "ended with $(cat "$seen/zh.status")"

good_case "every bad cell of a run is reported, the sound units are scored"
printf '名称,事项数,办结数\n甲局,一百,95\n乙局,80,80\n丙局,80,90\n丁局,-1,0\n' >data/部门.csv
run score policy.xize --data data
ends 1
code XZ4040 XZ4070
at data/部门.csv:2
at data/部门.csv:4
at data/部门.csv:5
at 乙局
