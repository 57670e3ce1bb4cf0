#include "contract/schema/multiple_of.h"

#include <cmath>
#include <cstdint>

#include "script/decimal.h"

namespace isthmus {
namespace {

// digits * 10 to the power of `exponent`; digits are below 10 to the 17th and no multiple of 10.
struct Scaled {
  explicit Scaled(double number) {
    const Decimal decimal = shortestDecimal(number);
    for (const char c : decimal.digits) digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
    exponent = decimal.point - static_cast<int>(decimal.digits.size());
  }

  std::uint64_t digits = 0;
  int exponent;
};

bool isSmallInteger(double number) { return number == std::trunc(number) && number < 0x1p53; }

}  // namespace

bool isMultipleOf(double number, double divisor) {
  number = std::fabs(number);
  if (number == 0) return true;
  if (isSmallInteger(number) && isSmallInteger(divisor)) return std::fmod(number, divisor) == 0;
  const Scaled whole(number);
  const Scaled part(divisor);
  if (whole.exponent < part.exponent) return false;
  auto rest = whole.digits % part.digits;
  for (int i = part.exponent; i < whole.exponent && rest != 0; ++i) rest = rest * 10 % part.digits;
  return rest == 0;
}

}  // namespace isthmus
