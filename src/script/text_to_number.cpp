#include "script/text_to_number.h"

#include <algorithm>
#include <limits>
#include <string>

#include "script/decimal.h"

namespace isthmus {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kGreatExponent = 100'000'000;
constexpr std::string_view kInfinityText = "Infinity";

// ECMA-262's WhiteSpace and LineTerminator in UTF-8.
constexpr std::string_view kSpaces[] = {
    " ",      "\t",     "\n",     "\v",     "\f",     "\r",     "\u00A0", "\u1680", "\u2000",
    "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
    "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000", "\uFEFF",
};

template <typename Stands>
std::size_t spaceLength(const Stands& stands) {
  const auto* const found = std::find_if(std::begin(kSpaces), std::end(kSpaces), stands);
  return found == std::end(kSpaces) ? 0 : found->size();
}

std::string_view trim(std::string_view text) {
  const auto inFront = [&](std::string_view space) { return text.starts_with(space); };
  const auto atEnd = [&](std::string_view space) { return text.ends_with(space); };
  while (const auto length = spaceLength(inFront)) text.remove_prefix(length);
  while (const auto length = spaceLength(atEnd)) text.remove_suffix(length);
  return text;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t digitsAt(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && isDigit(text[at + count])) ++count;
  return count;
}

std::size_t signLength(std::string_view text) {
  return !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
}

// How much of `text` is a decimal literal: sign, digits, point, exponent; 0 when it begins with
// none.
std::size_t decimalPrefix(std::string_view text) {
  std::size_t at = signLength(text);
  const auto whole = digitsAt(text, at);
  at += whole;
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    fraction = digitsAt(text, at + 1);
    if (whole + fraction > 0) at += 1 + fraction;
  }
  if (whole + fraction == 0) return 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t sign = signLength(text.substr(at + 1));
    if (const auto digits = digitsAt(text, at + 1 + sign); digits > 0) at += 1 + sign + digits;
  }
  return at;
}

// The value of digits; far above any exponent that matters it stays as it is.
int readExponent(std::string_view digits) {
  int exponent = 0;
  for (const char digit : digits) {
    if (exponent < kGreatExponent) exponent = exponent * 10 + (digit - '0');
  }
  return exponent;
}

// A decimal literal, all of it.
double readDecimal(std::string_view literal) {
  const bool isNegative = literal[0] == '-';
  literal.remove_prefix(signLength(literal));
  const auto e = std::min(literal.find_first_of("eE"), literal.size());
  const auto point = std::min(literal.find('.'), e);
  std::string digits(literal.substr(0, point));
  Decimal decimal{{}, static_cast<int>(digits.size())};
  if (point < e) digits += literal.substr(point + 1, e - point - 1);
  if (e < literal.size()) {
    const auto exponent = literal.substr(e + 1);
    const int size = readExponent(exponent.substr(signLength(exponent)));
    decimal.point += exponent[0] == '-' ? -size : size;
  }
  const auto zeros = std::min(digits.find_first_not_of('0'), digits.size());
  decimal.point -= static_cast<int>(zeros);
  decimal.digits = digits.substr(zeros, digits.find_last_not_of('0') + 1 - zeros);
  const double number = nearestNumber(decimal);
  return isNegative ? -number : number;
}

double readInfinity(std::string_view text) { return text[0] == '-' ? -kInfinity : kInfinity; }

// The digits behind "0x", "0o" or "0b"; exact up to 2^53, as far as such literals are in use.
double readRadix(std::string_view digits, unsigned radix) {
  if (digits.empty()) return kNaN;
  double number = 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    const unsigned digit = isDigit(c)                     ? static_cast<unsigned>(c - '0')
                           : lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10
                                                          : radix;
    if (digit >= radix) return kNaN;
    number = number * radix + digit;
  }
  return number;
}

unsigned radixOf(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 10;
  switch (text[1]) {
    case 'x':
    case 'X':
      return 16;
    case 'o':
    case 'O':
      return 8;
    case 'b':
    case 'B':
      return 2;
    default:
      return 10;
  }
}

}  // namespace

double textToNumber(std::string_view text) {
  text = trim(text);
  if (text.empty()) return 0;
  if (const unsigned radix = radixOf(text); radix != 10) return readRadix(text.substr(2), radix);
  if (text.substr(signLength(text)) == kInfinityText) return readInfinity(text);
  return decimalPrefix(text) == text.size() ? readDecimal(text) : kNaN;
}

double textToLeadingNumber(std::string_view text) {
  text = trim(text);
  if (text.substr(signLength(text)).starts_with(kInfinityText)) return readInfinity(text);
  const auto length = decimalPrefix(text);
  return length == 0 ? kNaN : readDecimal(text.substr(0, length));
}

}  // namespace isthmus
