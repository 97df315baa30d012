# A blank table on its way: written by `template`, filled in, saved by Excel in its several ways, scored.

# The tables of a policy, written blank into `blank` and filled in, in `filled`. One unit has a
# character that GB2312 lacks, a description the marks by which CSV is cut.
template_case() {
  case_of "$1"
  cat >policy.xize <<'XIZE'
办法 年度考核 { 周期 每年 }
考核对象 街镇 = 夏阳街道、朱家角镇、㛃口镇
数据表 单位表 {
  名称   ： 单位
  办件数 ： 办件 的 个数，不低于 1 “全年受理, 含“网办”; 以系统为准”
  网办数 ： 办件 的 个数，不超过 办件数
  满意率 ： 比率，介于 0%（含）至 100%（含），选填
  报送日 ： 日期
  评价   ： 选项 { 好、一般、差 }
}
台账 投诉 {
  单位 ： 单位
  编号 ： 文本 唯一
  属实 ： 是否
}
评分表 考核（总分 60 分）适用 街镇 {
  一级指标 网办（20 分）{ 网办数 ÷ 办件数 按比例得分 }
  一级指标 满意（10 分）{
    满意率 未填报 的，不涉及
    满意率 按比例得分，达到 90% 得满分
  }
  一级指标 报送（10 分）{
    扣分制
    报送日 超过 2023-11-10 的，扣 2 分
    评价 等于 差 的，扣 5 分
  }
  一级指标 评议（10 分）{
    要点 “窗口是否整洁”
    视情况得分，精确到 0.5 分
  }
  一级指标 投诉办理（10 分）{ 每1件 投诉（其中 属实）扣1分 }
  不涉及的，按比例分摊至全表其余
}
XIZE
  "$xize" template policy.xize -o blank >/dev/null 2>&1 || wrong "no template was written"
  mkdir filled
  sed -e 's/^夏阳街道,.*/夏阳街道,1200,960,92.5%,2023-11-09,好,9.5/' \
    -e 's/^朱家角镇,.*/朱家角镇,800,800,,2023年11月12日,一般,8/' \
    -e 's/^㛃口镇,.*/㛃口镇,"1,100",730,0.81,2023\/11\/10,差,7.5/' \
    blank/单位表.csv >filled/单位表.csv
  { cat blank/投诉.csv && printf '%s\n' 㛃口镇,T-1,是 夏阳街道,T-2,否 㛃口镇,T-3,√; } \
    >filled/投诉.csv
}

# saved_as FOLDER COMMAND: what the command makes of the filled-in tables.
saved_as() {
  mkdir "$1"
  for table in 单位表 投诉; do
    sh -c "$2" <"filled/$table.csv" >"$1/$table.csv" || wrong "$1: $table could not be saved"
  done
}

# What Excel does: dates in its own way, short lines as wide as the table, CRLF behind all.
by_excel="sed -e '1s/^\xef\xbb\xbf//' -e 's/\r\$//' -e '/^#/!s|2023-11-0|2023/11/|' \
  -e '/^#/s/\$/,,,/' -e 's/\$/\r/'"

scores_as_filled() {
  run score policy.xize --data filled --format csv
  ends 0
  cp "$seen/zh.out" "$seen/wanted"
  run score policy.xize --data "$1" --format csv
  ends 0
  code
  zh 㛃口镇,3,
  cmp -s "$seen/wanted" "$seen/zh.out" || wrong "$1: $(diff "$seen/wanted" "$seen/zh.out")"
}

template_case "a template filled in, in UTF-8"
run score policy.xize --data filled --format csv
ends 0
code
zh 考核,夏阳街道,1,55.5
zh 考核,朱家角镇,2,55.2
zh 考核,㛃口镇,3,

template_case "the same, saved in GB18030 with CRLF and without a mark"
saved_as gb18030 "$by_excel | iconv -f UTF-8 -t GB18030"
[ "$(head -c 2 gb18030/单位表.csv)" = '# ' ] || wrong "the first bytes are not those of the text"
iconv -f UTF-8 -t UTF-8 gb18030/单位表.csv >/dev/null 2>&1 && wrong "it is still UTF-8"
scores_as_filled gb18030

template_case "the same, saved as CSV UTF-8"
saved_as utf8 "$by_excel | sed '1s/^/\xef\xbb\xbf/'"
scores_as_filled utf8

template_case "the same, the lines of explanation deleted"
saved_as bare "$by_excel | sed '/^#/d' | iconv -f UTF-8 -t GB18030"
scores_as_filled bare
