#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "script/big_natural.h"
#include "script/decimal.h"

namespace isthmus {
namespace {

constexpr int kGreatestPoint = 310;  // at and above, and below the least one, nothing is finite
constexpr int kLeastPoint = -325;    // or other than 0
constexpr std::size_t kDigitsThatMatter = 800;  // more than any double or half-way case has
constexpr int kFractionBits = 53;
constexpr int kLeastExponent = -1074;

constexpr std::size_t kExactDigits = 15;
constexpr int kExactPower = 22;  // the greatest power of ten that is a double

// When digits and power of ten are doubles, one operation on them rounds correctly.
double fromExact(const Decimal& decimal, int power) {
  double number = 0;
  for (const char digit : decimal.digits) number = number * 10 + (digit - '0');
  double scale = 1;
  for (int i = 0; i < std::abs(power); ++i) scale *= 10;
  return power < 0 ? number / scale : number * scale;
}

BigNatural readDigits(const std::string& digits) {
  BigNatural number(0);
  for (const char digit : digits.substr(0, kDigitsThatMatter)) {
    number *= 10;
    number += BigNatural(static_cast<std::uint64_t>(digit - '0'));
  }
  if (digits.size() > kDigitsThatMatter) {  // the last of those left out is no zero
    number *= 10;
    number += BigNatural(1);
  }
  return number;
}

// over / under as the nearest double, by long division in binary.
double divide(BigNatural over, BigNatural under) {
  int exponent = std::max(over.bits() - under.bits() - kFractionBits, kLeastExponent);
  over.multiplyByPower(2, -exponent);
  under.multiplyByPower(2, exponent);
  under.multiplyByPower(2, kFractionBits);
  if (over >= under) {
    under *= 2;
    ++exponent;
  }
  std::uint64_t fraction = 0;
  for (int i = 0; i < kFractionBits; ++i) {
    over *= 2;
    fraction *= 2;
    if (over < under) continue;
    over -= under;
    ++fraction;
  }
  over *= 2;
  if (over > under || (over >= under && fraction % 2 != 0)) ++fraction;
  return std::ldexp(static_cast<double>(fraction), exponent);
}

}  // namespace

double nearestNumber(const Decimal& decimal) {
  const auto count = std::min(decimal.digits.size(), kDigitsThatMatter + 1);
  const int power = decimal.point - static_cast<int>(count);
  if (count == 0 || decimal.point < kLeastPoint) return 0;
  if (decimal.point >= kGreatestPoint) return std::numeric_limits<double>::infinity();
  if (count <= kExactDigits && std::abs(power) <= kExactPower) return fromExact(decimal, power);
  auto over = readDigits(decimal.digits);
  BigNatural under(1);
  over.multiplyByPower(10, power);
  under.multiplyByPower(10, -power);
  return divide(over, under);
}

}  // namespace isthmus
