# Words on the command line that mean nothing, or too little.

good_case "no command shows the help"
run
ends 2
zh 用法
en Usage

good_case "a misspelt command"
run scor policy.xize
ends 2
code XZ6001
zh '是否想写 `score`'
en 'did you mean `score`'

good_case "a misspelt flag"
run score policy.xize --dta data
ends 2
code XZ6002
at '`--data`'

good_case "a flag without its value"
run score policy.xize --data
ends 2
code XZ6003
at --data

good_case "a value that a flag does not know"
run score policy.xize --data data --format docx
ends 2
code XZ6004
at '`csv`'

good_case "a language that is not spoken"
run --lang fr check policy.xize
ends 2
code XZ6004

good_case "flags that exclude each other"
run fmt --check --write policy.xize
ends 2
code XZ6005
at --check
at --write

# A flag that says more about another one needs that one.
needs() {  # needs FLAG OTHER COMMAND...
  good_case "$1 without $2"
  flag=$1
  other=$2
  shift 2
  run "$@"
  ends 2
  code XZ6008
  at "\`$flag\`"
  at "\`$other\`"
}
needs --records-timeout --records score policy.xize --data data --records-timeout 5
needs --data-old --data diff policy.xize policy.xize --data-old data
needs --parameter --data diff policy.xize policy.xize --parameter 权重=3
needs --unspecified --data diff policy.xize policy.xize --unspecified zero
needs --item --against verify policy.xize --item 办结率
needs --period --output template policy.xize --period 2023

good_case "help says which flags belong together"
run score --help
ends 0
code
zh '须同时给出: --records'
en 'Needs: --records'

good_case "the period of blank tables as JSON"
run template policy.xize --period 2023 --format json
ends 0
code

good_case "tests to suggest, in a form that they have not"
run test policy.xize --suggest --format json
ends 2
code XZ6005
at --suggest
at --format

good_case "a list to draw again, and the name of a sample"
run sample policy.xize --data data --replay 抽查.csv --sample 抽查
ends 2
code XZ6005
at --replay
at --sample

good_case "a stage of the compiler, in a form that it has not"
run check policy.xize --stop-after parse --format json
ends 2
code XZ6005
at --stop-after

good_case "a code explained, and a flag of scoring"
run explain XZ5001 --unit 甲局
ends 2
code XZ6005
at --unit
at XZ5001

good_case "a command without its policy"
run check
ends 2
code XZ6006
zh 细则文件

good_case "score without data"
run score policy.xize
ends 2
code XZ6006
at --data

good_case "explain without a unit"
run explain policy.xize --data data
ends 2
code XZ6006
at --unit

good_case "a word too many"
run score policy.xize data --data data
ends 2
code XZ6007
at '`data`'

good_case "a unit that the data do not have"
sed -i 's/甲局/发展改革委/' data/*.csv
run explain policy.xize --data data --unit 发展和改革委
ends 1
code XZ6010
zh '是否想写 `发展改革委`'

good_case "a rubric that the policy does not have"
run score policy.xize --data data --rubric 部门
ends 1
code XZ6011
at 部门考核

good_case "an item that the policy does not have"
run explain policy.xize --data data --unit 甲局 --item 办节率
ends 1
code XZ6018
at '`办结率`'

good_case "a code that does not exist"
run explain XZ9999
ends 1
code XZ6012

good_case "a parameter that the policy does not have"
run score policy.xize --data data --parameter 权重=3
ends 1
code XZ6015

good_case "tests of a policy without tests"
run test policy.xize
ends 0
code XZ6017

good_case "every command has help with examples"
for command in check score explain test fmt completion; do
  run "$command" --help
  ends 0
  code
  zh 示例
  en Examples
done
