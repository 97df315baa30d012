// The items of policies/records.xize, in its order, as fractions of whole numbers.
#include "tools/bench/records.h"

namespace xize::bench {
namespace {

__extension__ using Wide = __int128;

// num / den, den > 0.
struct Share {
  Wide num;
  Wide den;
};

Share share(std::uint64_t num, std::uint64_t den) { return {num, den}; }

// The share within 0 and 1.
Share within(Share s) {
  if (s.num < 0) return {0, 1};
  return s.num > s.den ? Share{1, 1} : s;
}

// The points that apply (of 100), what is earned in whole points, and in rounded hundredths.
class Total {
 public:
  explicit Total(int applicable) : applicable_(applicable) {}
  // Points that are not rounded by their item.
  void add(int points) { points_ += points; }
  // points × share × 100 / applicable, rounded half up to two places.
  void add(int points, Share s) {
    const Share part = within(s);
    const Wide num = part.num * points * 100 * 100;
    const Wide den = part.den * applicable_;
    hundredths_ += static_cast<long>((2 * num + den) / (2 * den));
  }
  [[nodiscard]] long hundredths(int penalty) const {
    const long num = points_ * 100 * 100 + (hundredths_ - penalty * 100L) * applicable_;
    return num < 0 ? 0 : (2 * num + applicable_) / (2L * applicable_);
  }

 private:
  int applicable_;
  long points_ = 0;
  long hundredths_ = 0;
};

int settled_at_once(const Measures& m) {
  if (m.at_once * 100 < m.cases * 30) return 0;
  if (m.at_once * 100 < m.cases * 33) return 4;
  return m.at_once * 100 < m.cases * 36 ? 7 : 10;
}

int shortened(const Measures& m) {
  if (m.promised_sum * 100 > m.legal_sum * 90) return 0;
  if (m.promised_sum * 100 > m.legal_sum * 80) return 5;
  return m.promised_sum * 100 > m.legal_sum * 70 ? 10 : 15;
}

int evenly(const Measures& m) {
  return 5 - (m.year_end * 100 > m.cases * 30 ? 2 : 0) - (m.promised < m.at_once ? 1 : 0) -
         (m.many_materials * 100 > m.cases * 50 ? 1 : 0);
}

Share online(const Measures& m) {
  if (m.online * 100 < m.cases * 20) return {0, 1};
  return share(m.online * 10, m.cases * 9);
}

// (8 - x) / 6, where x is materials for each case.
Share few_materials(const Measures& m) {
  return {Wide{8} * m.cases - m.material_sum, Wide{6} * m.cases};
}

int penalty(const Measures& m) {
  return (m.unlawful * 100 > m.cases * 5 ? 2 : 0) + (m.unlawful * 100 > m.cases * 10 ? 3 : 0);
}

std::uint8_t grade(long hundredths) {
  return hundredths >= 8500 ? 0 : hundredths >= 7500 ? 1 : hundredths >= 6000 ? 2 : 3;
}

}  // namespace

Result score(const Measures& m) {
  const int applicable = (m.cases == 0 ? 0 : 50) + (m.legal_sum == 0 ? 0 : 15) +
                         (m.promised_sum == 0 ? 0 : 10) + (m.rated == 0 ? 0 : 25);
  if (applicable == 0) return {};
  Total total(applicable);
  if (m.cases != 0) {
    total.add(settled_at_once(m) + evenly(m));
    total.add(10, {Wide{m.cases} - 5 * Wide{m.late}, m.cases});
    total.add(15, online(m));
    total.add(10, few_materials(m));
  }
  if (m.legal_sum != 0) total.add(shortened(m));
  if (m.promised_sum != 0) {
    total.add(10, {(Wide{m.promised_sum} - m.used_sum) * 10, Wide{4} * m.promised_sum});
  }
  if (m.rated != 0) {
    total.add(15, share(m.rating_sum, 100 * m.rated));
    total.add(10, {Wide{m.rated} - 2 * Wide{m.bad}, m.rated});
  }
  const long hundredths = total.hundredths(penalty(m));
  return {static_cast<std::int16_t>(hundredths), grade(hundredths)};
}

}  // namespace xize::bench
