#include "reducer/conversion.h"

#include <cmath>
#include <limits>

#include "reducer/number_text.h"
#include "reducer/number_to_text.h"
#include "reducer/unit_text.h"

namespace isthmus {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Ordering order(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return Ordering::Unordered;
  return a < b ? Ordering::Less : a > b ? Ordering::Greater : Ordering::Equal;
}

Ordering orderText(std::string_view a, std::string_view b) {
  const int order = compareUnits(a, b);
  return order < 0 ? Ordering::Less : order > 0 ? Ordering::Greater : Ordering::Equal;
}

Value toPrimitive(const Value& value) { return value.isContainer() ? Value(toText(value)) : value; }

// Of two values of different kinds, neither null nor both containers.
bool equalAfterConversion(const Value& a, const Value& b) {
  if (a.isBoolean()) return looselyEqual(Value(toNumber(a)), b);
  if (b.isBoolean()) return looselyEqual(a, Value(toNumber(b)));
  if (a.isContainer()) return looselyEqual(toPrimitive(a), b);
  if (b.isContainer()) return looselyEqual(a, toPrimitive(b));
  return toNumber(a) == toNumber(b);
}

std::string joined(const Value& array) {
  std::string text;
  bool first = true;
  for (const auto& item : array.items()) {
    if (!first) text += ',';
    first = false;
    appendJoined(text, item);
  }
  return text;
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
      return value.items().size() > 0;
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
    case Kind::Array:
      return textToNumber(joined(value));
    default:
      return kNaN;
  }
}

double leadingNumber(const Value& value) {
  // parseFloat goes through text, where -0 loses its sign; so it does in this sum.
  if (value.isNumber()) return value.number() + 0.0;
  if (value.isString()) return textToLeadingNumber(value.string());
  return value.isArray() ? textToLeadingNumber(joined(value)) : kNaN;
}

std::string toText(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      return "null";
    case Kind::Boolean:
      return value.boolean() ? "true" : "false";
    case Kind::Number:
      return numberToText(value.number());
    case Kind::String:
      return std::string(value.string());
    case Kind::Array:
      return joined(value);
    default:
      return "[object Object]";
  }
}

void appendJoined(std::string& text, const Value& element) {
  if (element.isNull()) return;
  if (element.isString()) {
    appendUnits(text, element.string());
  } else {
    appendUnits(text, toText(element));
  }
}

bool strictlyEqual(const Value& a, const Value& b) {
  if (a.isNumber() && b.isNumber()) return a.number() == b.number();
  if (a.isString() && b.isString()) return a.string() == b.string();
  return a.identical(b);
}

bool looselyEqual(const Value& a, const Value& b) {
  if (a.kind() == b.kind()) return strictlyEqual(a, b);
  if (a.isNull() || b.isNull() || (a.isContainer() && b.isContainer())) return false;
  return equalAfterConversion(a, b);
}

Ordering compare(const Value& a, const Value& b) {
  if (a.isNumber() && b.isNumber()) return order(a.number(), b.number());
  const Value x = toPrimitive(a);
  const Value y = toPrimitive(b);
  if (x.isString() && y.isString()) return orderText(x.string(), y.string());
  return order(toNumber(x), toNumber(y));
}

}  // namespace isthmus
