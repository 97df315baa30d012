#include "compiler/driver/refusal_words.h"

namespace xize::driver {

diagnostics::Term words(sql::Reason reason) {
  switch (reason) {
    case sql::Reason::Operation: return {"SQL has no exact form of it", "SQL 不能精确表达"};
    case sql::Reason::UnitValue:
      return {"it compares rows with a value of the unit", "其中要与单位自身的数值比较"};
    case sql::Reason::Quotient:
      return {"it divides by a value that differs from row to row", "其中的除数逐行不同"};
    case sql::Reason::Column:
      return {"it reads a column whose cells can be written in several ways", "其中的列有多种写法"};
    case sql::Reason::Grouped:
      return {"it is formed month by month or by a key", "它按月或按类汇总"};
    case sql::Reason::Order: return {"it depends on which row is the last", "它取决于哪一行在最后"};
    case sql::Reason::Selection: return {"single rows are selected", "要选出具体的行"};
    case sql::Reason::TooLarge:
      return {"its numbers may outgrow the integers of the database",
              "数值可能超出数据库整数的范围"};
  }
  return {"", ""};
}

}  // namespace xize::driver
