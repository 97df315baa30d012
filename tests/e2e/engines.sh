# Who computes: the same bytes from every engine, and what is said of how it was done.
policies=$here/../../policies

# by ENGINE FLAG...: the scores of $policy as CSV; what is said in this call must be the same too.
by() {
  engine=$1
  shift
  "$xize" --lang en score "$policies/$policy" --data "$policies/$policy/data" --format csv \
    --engine "$engine" "$@" >"$seen/$engine.csv" 2>"$seen/$engine.said" </dev/null
  echo "exit $?" >>"$seen/$engine.said"
}
same() {
  cmp -s "$seen/interpreter.csv" "$seen/$1.csv" || wrong "$1: other scores than the interpreter"
  cmp -s "$seen/interpreter.said" "$seen/$1.said" ||
    wrong "$1: $(diff "$seen/interpreter.said" "$seen/$1.said" | head -n 3)"
}

good_case "an engine that compiles, where LLVM is there"
run score policy.xize --data data --engine jit
if grep -q XZ6080 "$seen/en"; then
  ends 3
  engines='vector auto'
else
  ends 0
  code
  engines='vector jit auto'
fi

for policy in city-departments qingpu-2023 qingpu-2024 baoshan-2023 shanghai-2021; do
  case_of "the same scores of $policy from every engine"
  by interpreter
  for each in $engines; do
    by "$each"
    same "$each"
  done
  case_of "the plan of $policy"
  by vector --explain-plan --profile
  stages=$(grep -c '^note: stage ' "$seen/vector.said")
  [ "$stages" -gt 1 ] || wrong "a plan of $stages stages"
  costs=$(grep -c '^note: stage .* rows, [0-9.]* ms$' "$seen/vector.said")
  [ "$stages" = "$costs" ] || wrong "$costs of $stages stages have rows and a time"
  grep -q '^note: stage .*in blocks' "$seen/vector.said" || wrong "no stage was computed in blocks"
done

good_case "the plan of a small run"
run score policy.xize --data data --explain-plan
ends 0
zh '计算方式：解释器（单位 2 行'
en 'engine: interpreter (2 rows of units'
en 'stage 2, each unit: interpreter'

good_case "the plan of a run with records in a database"
if command -v sqlite3 >/dev/null; then
  sqlite3 差错.db ".import --csv data/差错.csv 差错"
  rm data/差错.csv
  run score policy.xize --data data --records sqlite:差错.db --explain-plan
  ends 0
  zh '计算方式：解释器（单位 2 行，台账在 sqlite:差错.db 中；达到'
  en 'engine: interpreter (2 rows of units and records in `sqlite:差错.db`; blocks'
fi

good_case "the cost of a small run"
run score policy.xize --data data --profile
ends 0
zh '汇总台账“差错”：1 行，用时'
en 'records of `差错`: 1 rows, '

good_case "an engine that does not exist"
run score policy.xize --data data --engine gpu
ends 2
code XZ6004
at '`vector`'
