#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "script/big_natural.h"
#include "script/decimal.h"

namespace isthmus {
namespace {

constexpr double kLog10Of2 = 0.30102999566398120;

// A positive double, as its fraction times 2 to the power of its exponent.
struct Parts {
  static constexpr std::uint64_t kHidden = 1ULL << 52U;
  static constexpr int kLeastExponent = -1074;

  explicit Parts(double number) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    const auto biased = static_cast<int>(bits >> 52U);
    fraction = bits & (kHidden - 1);
    if (biased != 0) fraction += kHidden;
    exponent = kLeastExponent + (biased == 0 ? 0 : biased - 1);
  }

  std::uint64_t fraction;
  int exponent;
};

// The digits of a double by the free-format algorithm of Steele and White, as Burger and Dybvig
// give it, in exact integers:
//
//   rest_ / unit_      what is still to be written, scaled so that the next digit is its whole part
//   below_ / unit_     how far below that and
//   above_ / unit_     how far above numbers still read back as the same double
class Digits {
 public:
  explicit Digits(const Parts& parts)
      : rest_(parts.fraction),
        unit_(1),
        below_(1),
        above_(1),
        readsBoundary_(parts.fraction % 2 == 0) {
    // Everything is doubled, so that half the distance to the next double is a whole number.
    rest_ *= 2;
    unit_ *= 2;
    for (auto* const scaled : {&rest_, &below_, &above_})
      scaled->multiplyByPower(2, parts.exponent);
    unit_.multiplyByPower(2, -parts.exponent);
    // Below a power of two the doubles lie twice as close.
    if (parts.fraction == Parts::kHidden && parts.exponent > Parts::kLeastExponent) {
      for (auto* const doubled : {&rest_, &unit_, &above_}) *doubled *= 2;
    }
  }

  Decimal write(const Parts& parts) && {
    const int magnitude = parts.exponent + static_cast<int>(std::bit_width(parts.fraction)) - 1;
    int point = static_cast<int>(std::ceil(magnitude * kLog10Of2 - 1e-10));  // or one too low
    unit_.multiplyByPower(10, point);
    for (auto* const scaled : {&rest_, &below_, &above_}) scaled->multiplyByPower(10, -point);
    if (reachesAbove()) {
      unit_ *= 10;
      ++point;
    }
    Decimal decimal{{}, point};
    while (next(decimal.digits)) continue;
    return decimal;
  }

 private:
  // Whether the digits so far read back with one more in the last place.
  bool reachesAbove() const {
    auto sum = rest_;
    sum += above_;
    return readsBoundary_ ? sum >= unit_ : sum > unit_;
  }
  bool reachesBelow() const { return readsBoundary_ ? rest_ <= below_ : rest_ < below_; }

  // Of two digits at the same distance the even one is taken.
  bool isOverHalf(char digit) const {
    auto twice = rest_;
    twice *= 2;
    return twice > unit_ || (digit % 2 != 0 && twice >= unit_);
  }

  // Whether another digit is needed after this one.
  bool next(std::string& digits) {
    for (auto* const scaled : {&rest_, &below_, &above_}) *scaled *= 10;
    char digit = '0';
    for (; rest_ >= unit_; ++digit) rest_ -= unit_;
    const bool down = reachesBelow();
    const bool up = reachesAbove();
    if (up && (!down || isOverHalf(digit))) ++digit;
    digits += digit;
    return !down && !up;
  }

  BigNatural rest_;
  BigNatural unit_;
  BigNatural below_;
  BigNatural above_;
  bool readsBoundary_;  // a tie is read as the double whose fraction is even
};

}  // namespace

Decimal shortestDecimal(double number) {
  const Parts parts(number);
  return Digits(parts).write(parts);
}

}  // namespace isthmus
