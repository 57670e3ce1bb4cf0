#include "script/conversion.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "script/number_to_text.h"
#include "script/text_to_number.h"
#include "script/unit_text.h"

namespace isthmus {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Ordering order(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return Ordering::Unordered;
  return a < b ? Ordering::Less : a > b ? Ordering::Greater : Ordering::Equal;
}

Ordering orderText(std::string_view a, std::string_view b, ActionBudget* budget) {
  if (!spend(budget, textSteps(std::min(a.size(), b.size())))) return Ordering::Equal;
  const int order = compareUnits(a, b);
  return order < 0 ? Ordering::Less : order > 0 ? Ordering::Greater : Ordering::Equal;
}

Value toPrimitive(const Value& value, ActionBudget* budget) {
  return value.isContainer() ? Value(toText(value, budget)) : value;
}

// Of two values of different kinds, neither null nor both containers.
bool equalAfterConversion(const Value& a, const Value& b, ActionBudget* budget) {
  if (a.isBoolean()) return looselyEqual(Value(toNumber(a)), b, budget);
  if (b.isBoolean()) return looselyEqual(a, Value(toNumber(b)), budget);
  if (a.isContainer()) return looselyEqual(toPrimitive(a, budget), b, budget);
  if (b.isContainer()) return looselyEqual(a, toPrimitive(b, budget), budget);
  return toNumber(a, budget) == toNumber(b, budget);
}

std::string joined(const Value& array, ActionBudget* budget) {
  std::string text;
  bool first = true;
  for (const auto& item : array.items()) {
    if (!spend(budget) || !make(budget, 1)) break;
    if (!first) text += ',';
    first = false;
    appendJoined(text, item, budget);
  }
  return text;
}

// A text that is to be read to its end.
std::string_view readable(const Value& text, ActionBudget* budget) {
  return spend(budget, textSteps(text.string().size())) ? text.string() : std::string_view();
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

double toNumber(const Value& value, ActionBudget* budget) {
  switch (value.kind()) {
    case Kind::Null:
      return 0;
    case Kind::Boolean:
      return value.boolean() ? 1 : 0;
    case Kind::Number:
      return value.number();
    case Kind::String:
      return textToNumber(readable(value, budget));
    case Kind::Array:
      return textToNumber(joined(value, budget));
    default:
      return kNaN;
  }
}

double leadingNumber(const Value& value, ActionBudget* budget) {
  // parseFloat goes through text, where -0 loses its sign; so it does in this sum.
  if (value.isNumber()) return value.number() + 0.0;
  if (value.isString()) return textToLeadingNumber(readable(value, budget));
  return value.isArray() ? textToLeadingNumber(joined(value, budget)) : kNaN;
}

std::string toText(const Value& value, ActionBudget* budget) {
  switch (value.kind()) {
    case Kind::Null:
      return "null";
    case Kind::Boolean:
      return value.boolean() ? "true" : "false";
    case Kind::Number:
      return numberToText(value.number());
    case Kind::String:
      return make(budget, value.string().size()) ? std::string(value.string()) : "";
    case Kind::Array:
      return joined(value, budget);
    default:
      return "[object Object]";
  }
}

void appendJoined(std::string& text, const Value& element, ActionBudget* budget) {
  if (element.isNull()) return;
  if (element.isString()) {
    if (make(budget, element.string().size())) appendUnits(text, element.string());
    return;
  }
  const auto more = toText(element, budget);
  if (make(budget, more.size())) appendUnits(text, more);
}

bool strictlyEqual(const Value& a, const Value& b, ActionBudget* budget) {
  if (a.isNumber() && b.isNumber()) return a.number() == b.number();
  if (a.identical(b) || !a.isString() || !b.isString()) return a.identical(b);
  const auto size = a.string().size();
  return size == b.string().size() && spend(budget, textSteps(size)) && a.string() == b.string();
}

bool looselyEqual(const Value& a, const Value& b, ActionBudget* budget) {
  if (a.kind() == b.kind()) return strictlyEqual(a, b, budget);
  if (a.isNull() || b.isNull() || (a.isContainer() && b.isContainer())) return false;
  return equalAfterConversion(a, b, budget);
}

Ordering compare(const Value& a, const Value& b, ActionBudget* budget) {
  if (a.isNumber() && b.isNumber()) return order(a.number(), b.number());
  const Value x = toPrimitive(a, budget);
  const Value y = toPrimitive(b, budget);
  if (x.isString() && y.isString()) return orderText(x.string(), y.string(), budget);
  return order(toNumber(x, budget), toNumber(y, budget));
}

}  // namespace isthmus
