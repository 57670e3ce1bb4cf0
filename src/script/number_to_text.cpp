#include "script/number_to_text.h"

#include <cmath>
#include <cstdlib>

#include "script/decimal.h"

namespace isthmus {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;

std::string exponentText(const Decimal& decimal) {
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += '.' + decimal.digits.substr(1);
  const int exponent = decimal.point - 1;
  return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string positiveText(double number) {
  auto decimal = shortestDecimal(number);
  if (decimal.point > 21 || decimal.point <= -6) return exponentText(decimal);
  if (decimal.point <= 0) {
    return "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') + decimal.digits;
  }
  const auto whole = static_cast<std::size_t>(decimal.point);
  const auto count = decimal.digits.size();
  if (whole >= count) return decimal.digits.append(whole - count, '0');
  return decimal.digits.insert(whole, 1, '.');
}

}  // namespace

std::string numberToText(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (std::abs(number) < kExactIntegers && number == std::trunc(number)) {
    return std::to_string(static_cast<long long>(number));
  }
  return number < 0 ? '-' + positiveText(-number) : positiveText(number);
}

}  // namespace isthmus
