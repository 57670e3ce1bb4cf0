#include "script/decimal.h"
#include "native/capture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>

using namespace isthmus;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string literalOf(const Decimal& decimal) {
  return "0." + decimal.digits + "e" + std::to_string(decimal.point);
}

double anyDouble(std::mt19937_64& random) {
  const auto bits = random() >> 1U;  // without the sign
  double number = 0;
  std::memcpy(&number, &bits, sizeof number);
  return number > 0 && std::isfinite(number) ? number : 1;
}

Decimal anyDecimal(std::mt19937_64& random) {
  Decimal decimal{{}, static_cast<int>(random() % 660) - 335};
  const auto count = random() % 40;
  for (std::uint64_t i = 0; i < count; ++i)
    decimal.digits += static_cast<char>('0' + random() % 10);
  return {'7' + decimal.digits + '3', decimal.point};
}

}  // namespace

TEST_CASE("the nearest double is found at the edges") {
  const std::string half = "9007199254740993";  // between two doubles, the even one below it
  struct Case {
    Decimal decimal;
    double number;
  };
  const Case cases[] = {
      {{"", 0}, 0},
      {{"1", 1}, 1},
      {{"15", 1}, 1.5},
      {{half, 16}, 9007199254740992},
      {{half + std::string(900, '0') + "1", 16}, 9007199254740994},
      {{"9007199254740995", 16}, 9007199254740996},
      {{"17976931348623158", 309}, std::numeric_limits<double>::max()},
      {{"17976931348623159", 309}, kInfinity},
      {{"1", 400}, kInfinity},
      {{"24703282292062327", -323}, 0},
      {{"24703282292062328", -323}, std::numeric_limits<double>::denorm_min()},
      {{"22250738585072011", -307}, 2.2250738585072011e-308},
      {{"1", -400}, 0},
  };
  for (const auto& [decimal, number] : cases) {
    CAPTURE(literalOf(decimal));
    CHECK(nearestNumber(decimal) == number);
  }
}

TEST_CASE("decimals are read as the C library reads them") {
  const auto seed = std::random_device()();
  MESSAGE("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const auto decimal = anyDecimal(random);
    CAPTURE(literalOf(decimal));
    CHECK(nearestNumber(decimal) == std::strtod(literalOf(decimal).c_str(), nullptr));
  }
}

TEST_CASE("a double is written in digits that read back, and in fewer that do there are none") {
  const auto seed = std::random_device()();
  MESSAGE("seed " << seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 20'000; ++i) {
    const double number = anyDouble(random);
    auto decimal = shortestDecimal(number);
    CAPTURE(literalOf(decimal));
    CHECK(nearestNumber(decimal) == number);
    CHECK(decimal.digits.front() != '0');
    CHECK(decimal.digits.back() != '0');
    if (decimal.digits.size() == 1) continue;
    decimal.digits.pop_back();
    CHECK(nearestNumber(decimal) != number);
    ++decimal.digits.back();
    CHECK(nearestNumber(decimal) != number);
  }
}
