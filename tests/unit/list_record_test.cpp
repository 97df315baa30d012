#include <doctest/doctest.h>

#include "compiler/driver/list_record.h"
#include "compiler/driver/sampling.h"

using namespace xize;

TEST_CASE("a list's record is read as it was printed, whatever the names") {
  for (const char* sample : {"跑动件", "a; b=c", "“两页”工作"}) {
    for (const char* period : {"", "2023-06", "2023年第二季度"}) {
      const driver::ListRecord record{"4711", "0123456789abcdef", period, sample, 3};
      const auto read = driver::parse_record({" 抽查清单", " " + driver::print_record(record)});
      REQUIRE(read.has_value());
      CHECK(read->seed == "4711");
      CHECK(read->data == "0123456789abcdef");
      CHECK(read->period == period);
      CHECK(read->sample == sample);
      CHECK(read->after == 3);
    }
  }
}

TEST_CASE("what is no record is none") {
  CHECK_FALSE(driver::parse_record({}).has_value());
  CHECK_FALSE(driver::parse_record({" xize-sample 2; seed=1; after=0; data=a; period=; sample=s"}));
  CHECK_FALSE(driver::parse_record({" xize-sample 1; seed=1; data=a; period=; sample=s"}));
  CHECK_FALSE(driver::parse_record({" xize-sample 1; seed=1; after=x; data=a; period=; sample=s"}));
}

TEST_CASE("seeds are 1 to 20 digits, and zeros in front do not count") {
  CHECK(driver::normal_seed("0042") == "42");
  CHECK(driver::normal_seed("0") == "0");
  CHECK(driver::normal_seed("000") == "0");
  CHECK(driver::normal_seed("12345678901234567890") == "12345678901234567890");
  CHECK(driver::normal_seed("123456789012345678901").empty());
  CHECK(driver::normal_seed("-1").empty());
  CHECK(driver::normal_seed("").empty());
}
