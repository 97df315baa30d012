# Policy files as they come: broken, in another encoding, huge, missing, of another kind.

case_of "a policy with several independent mistakes reports each of them"
good_policy | sed 's/total 20/total 30/; s|/ 事项数|/ 事项书|' >policy.xize
run check policy.xize
ends 1
code XZ2001 XZ3002
at policy.xize:11:
zh '少 10 分'
zh '是否想写 `事项数`'
en 'did you mean `事项数`'

case_of "a brace that is missing"
good_policy | sed '$d' >policy.xize
run check policy.xize
ends 1
code XZ1103
at policy.xize:11:
en 'add `}`'

case_of "a policy in GBK"
good_policy | iconv -f UTF-8 -t GB18030 >policy.xize
run check policy.xize
ends 1
code XZ1009
at policy.xize
zh 看来是
at 'iconv -f GB18030 -t UTF-8 policy.xize > utf8.xize'

case_of "a policy in UTF-16"
good_policy | iconv -f UTF-8 -t UTF-16 >policy.xize
run check policy.xize
ends 1
code XZ1010
at 'iconv -f UTF-16'

case_of "a policy whose text is damaged in the middle"
{ good_policy; printf '# \377\376\n'; } >policy.xize
run check policy.xize
ends 1
code XZ1008
at policy.xize:15

case_of "a folder without a policy for a file"
mkdir rules
run check rules
ends 1
code XZ1004
at policy.xize
en 'is a folder'

case_of "a folder with a policy stands for it"
mkdir rules
good_policy >rules/policy.xize
run check rules
ends 0
code

case_of "an empty file"
: >policy.xize
run check policy.xize
ends 1
code XZ1007
zh '请写入细则'

case_of "200 MB of text"
yes '# 说明说明说明说明说明说明说明说明说明说明' | head -c 200000000 >policy.xize
run check policy.xize
ends 3
code XZ1006
zh 'MiB'
en 'data file'

case_of "100,000 nested parentheses"
{
  good_policy | sed '/item 差错情况/,$d'
  printf '  item 差错情况 points 10 { award '
  head -c 100000 /dev/zero | tr '\0' '('
  printf '1 分'
  head -c 100000 /dev/zero | tr '\0' ')'
  printf ' }\n}\n'
} >policy.xize
run check policy.xize
ends 1
code XZ1107
at policy.xize:13:

case_of "100,000 braces"
head -c 100000 /dev/zero | tr '\0' '{' >policy.xize
run check policy.xize
ends 1

case_of "a file that does not exist, beside one nearly of that name"
good_policy >细则.xize
run check 细责.xize
ends 1
code XZ1003
at 细则.xize
zh '请核对路径和文件名'

case_of "a Word document"
printf 'PK\003\004\024\000\006\000\010\000\000\000!\000' >policy.xize
run check policy.xize
ends 1
code XZ1011
zh 'Word'

case_of "a file that cannot be read"
ln -s /proc/self/mem policy.xize
run check policy.xize
ends 3
code XZ1005
at policy.xize

case_of "a link that leads nowhere"
ln -s nowhere.xize policy.xize
run check policy.xize
ends 1
code XZ1003

case_of "the sound ones of several policies are checked"
good_policy >a.xize
good_policy | sed 's/total 20/total 30/' >b.xize
run check a.xize b.xize c.xize
ends 1
code XZ1003 XZ3002

case_of "a policy from standard input cannot be a data folder"
good_policy >policy.xize
run fmt --check policy.xize missing.xize
ends 1

case_of "fmt never touches what it cannot read"
good_policy | sed '$d' >policy.xize
run fmt --write policy.xize
ends 1
code XZ1103 XZ6026
zh '未排版'

case_of "fmt leaves a file alone that is laid out"
good_policy >loose.xize
"$xize" fmt loose.xize >policy.xize
rm loose.xize
run fmt --write policy.xize
ends 0
silent
