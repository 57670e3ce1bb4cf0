#include <algorithm>
#include <cmath>

#include "reducer/expression/operators.h"
#include "script/conversion.h"
#include "script/unit_text.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

// As in Array.prototype.join, null is nothing.
Value cat(Arguments args, Scope& scope) {
  std::string text;
  for (const auto& argument : args) appendJoined(text, argument.evaluate(scope), scope.budget);
  return Value(std::move(text));
}

// An element of an array, or a part of a text; an empty text holds nothing, not even itself.
Value in(Arguments args, Scope& scope) {
  const Value part = args[0].evaluate(scope);
  const Value whole = args[1].evaluate(scope);
  if (whole.isString()) {
    const auto text = toText(part, scope.budget);
    if (!scope.spend(textSteps(whole.string().size()))) return {};
    return Value(!whole.string().empty() && containsUnits(whole.string(), text));
  }
  if (!whole.isArray()) return Value(false);
  for (const auto& element : whole.items()) {
    if (!scope.spend()) break;
    if (strictlyEqual(element, part, scope.budget)) return Value(true);
  }
  return Value(false);
}

// ToIntegerOrInfinity, within 0 to `most`.
std::size_t clamp(double number, std::size_t most) {
  if (std::isnan(number) || number <= 0) return 0;
  return number >= static_cast<double>(most) ? most : static_cast<std::size_t>(number);
}

// Where a substr begins: from the end when negative.
std::size_t beginOf(double start, std::size_t length) {
  return start < 0 ? length - clamp(-start, length) : clamp(start, length);
}

// How long it is at most: without so many at the end when negative. Other kinds than numbers would
// be concatenated there in JavaScript, to something that is no number.
std::size_t countOf(const Value& count, std::size_t rest, ActionBudget* budget) {
  const double number = toNumber(count, budget);
  if (!(number < 0)) return clamp(number, rest);
  return count.isNumber() ? clamp(static_cast<double>(rest) + number, rest) : 0;
}

Value substr(Arguments args, Scope& scope) {
  const auto text = toText(args[0].evaluate(scope), scope.budget);
  if (!scope.spend(textSteps(4 * text.size()))) return {};
  const auto length = unitCount(text);
  const auto start = toNumber(args[1].evaluate(scope), scope.budget);
  const auto from = beginOf(std::trunc(start), length);
  const auto rest = length - from;
  const auto count = args.size() > 2 ? countOf(args[2].evaluate(scope), rest, scope.budget) : rest;
  if (!scope.make(std::min(count, rest))) return {};
  return Value(unitSlice(text, from, count));
}

constexpr Operator kOperators[] = {
    {"cat", 0, kAnyCount, cat},
    {"in", 2, 2, in},
    {"substr", 2, 3, substr},
};

}  // namespace

std::span<const Operator> textOperators() { return kOperators; }

}  // namespace isthmus
