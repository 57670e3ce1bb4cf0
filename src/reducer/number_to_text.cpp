#include "reducer/number_to_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace isthmus {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;
constexpr int kDigitsAlwaysKept = 15;    // a decimal of so many digits survives in a normal double
constexpr int kDigitsAlwaysEnough = 17;  // and a double in a decimal of so many

struct Decimal {
  std::string digits;  // d1 d2 ... dk, neither first nor last a zero
  int point;           // the number is 0.d1d2...dk times 10 to this power
};

bool readsBack(const std::string& text, double number) {
  return std::strtod(text.c_str(), nullptr) == number;
}

// In scientific notation, correctly rounded to `digits`: "d.ddde-7".
std::string rounded(double number, int digits) {
  std::array<char, 32> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.*e", digits - 1, number);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

// The shortest notation that reads back. Below a power of two the doubles lie closer than above, so
// there the decimal next to the rounded one may be the only one of its length.
std::string shortest(double number) {
  for (int digits = std::isnormal(number) ? kDigitsAlwaysKept : 1;; ++digits) {
    auto text = rounded(number, digits);
    if (digits >= kDigitsAlwaysEnough || readsBack(text, number)) return text;
    auto above = text;
    ++above[above.find('e') - 1];
    if (readsBack(above, number)) return above;
  }
}

Decimal decimalOf(double number) {
  const auto text = shortest(number);
  const auto end = text.find('e');
  Decimal decimal{text.substr(0, 1), std::atoi(text.c_str() + end + 1) + 1};
  if (end > 2) decimal.digits += text.substr(2, end - 2);
  decimal.digits.resize(decimal.digits.find_last_not_of('0') + 1);
  return decimal;
}

std::string integerText(double number) {
  std::array<char, 24> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<long long>(number));
  return {buffer.data(), result.ptr};
}

std::string exponentText(const Decimal& decimal) {
  std::string text = decimal.digits.substr(0, 1);
  if (decimal.digits.size() > 1) text += '.' + decimal.digits.substr(1);
  const int exponent = decimal.point - 1;
  return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
}

std::string positiveText(double number) {
  auto decimal = decimalOf(number);
  const int count = static_cast<int>(decimal.digits.size());
  if (decimal.point > 21 || decimal.point <= -6) return exponentText(decimal);
  if (decimal.point <= 0) {
    return "0." + std::string(static_cast<std::size_t>(-decimal.point), '0') + decimal.digits;
  }
  const auto whole = static_cast<std::size_t>(decimal.point);
  if (decimal.point >= count) return decimal.digits.append(whole - decimal.digits.size(), '0');
  return decimal.digits.insert(whole, 1, '.');
}

}  // namespace

std::string numberToText(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  if (std::abs(number) < kExactIntegers && number == std::trunc(number)) return integerText(number);
  return number < 0 ? '-' + positiveText(-number) : positiveText(number);
}

}  // namespace isthmus
