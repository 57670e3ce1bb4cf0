#include "script/number_to_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string_view>

using namespace isthmus;

TEST_CASE("numbers are written exactly as JavaScript writes them") {
  struct Case {
    double number;
    std::string_view text;
  };
  const Case cases[] = {
      {0, "0"},
      {-0.0, "0"},
      {7, "7"},
      {-7, "-7"},
      {1.5, "1.5"},
      {-0.001, "-0.001"},
      {0.1 + 0.2, "0.30000000000000004"},
      {100, "100"},
      {123456789.125, "123456789.125"},
      {0.000001, "0.000001"},
      {0.0000001, "1e-7"},
      {1.25e-9, "1.25e-9"},
      {9007199254740991, "9007199254740991"},
      {9007199254740992, "9007199254740992"},
      {-9007199254740994, "-9007199254740994"},
      {123456789012345680000.0, "123456789012345680000"},
      {1e21, "1e+21"},
      {-1.5e300, "-1.5e+300"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
      {std::numeric_limits<double>::min(), "2.2250738585072014e-308"},
      {std::numeric_limits<double>::denorm_min(), "5e-324"},
      {std::ldexp(1, -1070), "8e-323"},
      {std::ldexp(1, -44), "5.684341886080802e-14"},  // not its correctly rounded 16 digits
      {std::nan(""), "NaN"},
      {std::numeric_limits<double>::infinity(), "Infinity"},
      {-std::numeric_limits<double>::infinity(), "-Infinity"},
  };
  for (const auto& [number, text] : cases) CHECK(numberToText(number) == text);
}
