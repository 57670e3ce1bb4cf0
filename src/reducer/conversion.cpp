#include "reducer/conversion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "reducer/number_text.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Ordering order(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return Ordering::Unordered;
  return a < b ? Ordering::Less : a > b ? Ordering::Greater : Ordering::Equal;
}

// The UTF-16 units of a text, one after another.
class Units {
 public:
  static constexpr std::int32_t kEnd = -1;

  explicit Units(std::string_view text) : rest_(text) {}

  std::int32_t next() {
    if (low_ != 0) return std::exchange(low_, 0);
    if (rest_.empty()) return kEnd;
    const auto [number, length] = readCodePoint(rest_);
    rest_.remove_prefix(std::max<std::size_t>(length, 1));
    const auto point = static_cast<std::int32_t>(number);
    if (point < 0x10000) return point;
    low_ = 0xDC00 + (point & 0x3FF);
    return 0xD800 + ((point - 0x10000) >> 10);
  }

 private:
  std::string_view rest_;
  std::int32_t low_ = 0;  // of the pair whose high surrogate was taken
};

// Where the first code points that differ begin.
std::size_t commonPrefix(std::string_view a, std::string_view b) {
  const auto differing = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  auto at = static_cast<std::size_t>(differing - a.begin());
  const auto isInside = [&](std::string_view text) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80;
  };
  while (at > 0 && (isInside(a) || isInside(b))) --at;
  return at;
}

Ordering orderText(std::string_view a, std::string_view b) {
  const auto at = commonPrefix(a, b);
  Units x(a.substr(at));
  Units y(b.substr(at));
  while (true) {
    const auto unit = x.next();
    const auto other = y.next();
    if (unit != other) return unit < other ? Ordering::Less : Ordering::Greater;
    if (unit == Units::kEnd) return Ordering::Equal;
  }
}

}  // namespace

bool truthy(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      return false;
    case Kind::Boolean:
      return value.boolean();
    case Kind::Number:
      return value.number() != 0 && !std::isnan(value.number());
    case Kind::String:
      return !value.string().empty();
    case Kind::Array:
      return !value.items().empty();
    default:
      return true;
  }
}

double toNumber(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      return 0;
    case Kind::Boolean:
      return value.boolean() ? 1 : 0;
    case Kind::Number:
      return value.number();
    case Kind::String:
      return textToNumber(value.string());
    default:
      return kNaN;
  }
}

double leadingNumber(const Value& value) {
  if (value.isNumber()) return value.number();
  return value.isString() ? textToLeadingNumber(value.string()) : kNaN;
}

bool strictlyEqual(const Value& a, const Value& b) {
  if (a.isNumber() && b.isNumber()) return a.number() == b.number();
  if (a.isString() && b.isString()) return a.string() == b.string();
  return a.identical(b);
}

bool looselyEqual(const Value& a, const Value& b) {
  if (a.kind() == b.kind()) return strictlyEqual(a, b);
  if (a.isNull() || b.isNull() || a.isContainer() || b.isContainer()) return false;
  return toNumber(a) == toNumber(b);
}

Ordering compare(const Value& a, const Value& b) {
  if (a.isString() && b.isString()) return orderText(a.string(), b.string());
  return order(toNumber(a), toNumber(b));
}

}  // namespace isthmus
