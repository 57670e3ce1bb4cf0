// Decimals are JavaScript's numbers as text: in a page JavaScript itself makes and reads them, in
// place of what src/script does natively (tools/cmake/engine.cmake).

#include "script/decimal.h"

namespace {

constexpr std::size_t kShortest = 17;           // digits that any double needs at most
constexpr std::size_t kDigitsThatMatter = 800;  // more than any double or half-way case has

}  // namespace

// Of web/engine/decimals.ts.
extern "C" {
int isthmus_shortestDecimal(double number, char* digits);
double isthmus_nearestNumber(const char* digits, std::size_t count, int point);
}

namespace isthmus {

Decimal shortestDecimal(double number) {
  char digits[kShortest + 1] = {};
  const int point = isthmus_shortestDecimal(number, digits);
  return {digits, point};
}

// Those left out end with another digit than zero.
double nearestNumber(const Decimal& decimal) {
  if (decimal.digits.size() <= kDigitsThatMatter) {
    return isthmus_nearestNumber(decimal.digits.data(), decimal.digits.size(), decimal.point);
  }
  const auto digits = decimal.digits.substr(0, kDigitsThatMatter) + '1';
  return isthmus_nearestNumber(digits.data(), digits.size(), decimal.point);
}

}  // namespace isthmus
