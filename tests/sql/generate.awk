# generate.awk -v seed=N: bureaus.csv and cases.csv into the folder `out`.
function random(n) { state = (state * 1103515245 + 12345) % 2147483648; return int(state / 65536) % n }
BEGIN {
  state = seed
  split("01 02 03", month, " ")
  split("plain hard it's", kind, " ")
  note[0] = ""; note[1] = "加急"; note[2] = "it's \"\"so\"\"; --"; note[3] = "（补正）、再报"; note[4] = "a\\'b"
  print "name,month,factor" > (out "/bureaus.csv")
  for (u = 1; u <= 7; ++u) for (m = 1; m <= 3; ++m) print "第" u "局,2023-" month[m] "," > (out "/bureaus.csv")
  print "bureau,id,day'\"\",closed,n,amount,share,late,kind,note\\,weight" > (out "/head")
  for (i = 1; i <= rows; ++i) {
    d = random(28) + 1; m = random(3) + 1
    c = random(5) ? sprintf("2023-%02d-%02d", m + random(3), random(28) + 1) : ""
    a = random(20000) * 1000 + random(1000) - 10000000
    s = random(3) ? sprintf("0.%03d", random(1000)) : ""
    printf "第%d局,C%06d,2023-%02d-%02d,%s,%d,%s%d.%02d,%s,%s,%s,\"%s\",%s\n", random(6) + 1, i, m, d, c,
      random(9), (a < 0 ? "-" : ""), int((a < 0 ? -a : a) / 100), (a < 0 ? -a : a) % 100, s,
      (random(3) ? "false" : "true"), kind[random(3) + 1], note[random(5)],
      (random(4) ? random(5) "." random(100) : "") > (out "/cases.csv")
  }
}
