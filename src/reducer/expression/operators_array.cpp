
#include "base/limits.h"
#include "reducer/expression/operators.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

// Evaluates `rule` with each element as its data, until `take(element, result)` is false.
template <typename Take>
void forEach(const Value& array, const Expression& rule, Scope& scope, Take take) {
  if (!array.isArray()) return;
  Scope inner = scope;
  inner.frame = Frame::Element;
  for (const auto& element : array.items()) {
    inner.item = &element;
    if (!take(element, rule.evaluate(inner)) || scope.isSpent()) break;
  }
  scope.nonFinite = inner.nonFinite;
}

Value map(Arguments args, Scope& scope) {
  const Value array = args[0].evaluate(scope);
  Vector<Value> mapped;
  const auto count = array.isArray() ? array.items().size() : 0;
  if (!scope.make(arrayBytes(count))) return {};
  mapped.reserve(count);
  forEach(array, args[1], scope, [&](const Value&, Value result) {
    mapped.push_back(std::move(result));
    return true;
  });
  return Value(std::move(mapped));
}

Value filter(Arguments args, Scope& scope) {
  const Value array = args[0].evaluate(scope);
  Vector<Value> kept;
  forEach(array, args[1], scope, [&](const Value& element, const Value& result) {
    if (truthy(result) && scope.make(arrayBytes(1))) kept.push_back(element);
    return true;
  });
  return Value(std::move(kept));
}

// Whether the rule is of that truth for some element.
template <bool kTruth>
bool holdsForSome(const Value& array, const Expression& rule, Scope& scope) {
  bool found = false;
  forEach(array, rule, scope, [&](const Value&, const Value& result) {
    found = truthy(result) == kTruth;
    return !found;
  });
  return found;
}

// False of no elements, other than in logic.
Value all(Arguments args, Scope& scope) {
  const Value array = args[0].evaluate(scope);
  if (!array.isArray() || !truthy(array)) return Value(false);
  return Value(!holdsForSome<false>(array, args[1], scope));
}

Value some(Arguments args, Scope& scope) {
  return Value(holdsForSome<true>(args[0].evaluate(scope), args[1], scope));
}

Value none(Arguments args, Scope& scope) {
  return Value(!holdsForSome<true>(args[0].evaluate(scope), args[1], scope));
}

// Ends early when the result is nested deeper than a state may be, which bounds the depth of what
// rules can build; the step that writes such a value fails.
Value reduce(Arguments args, Scope& scope) {
  const Value array = args[0].evaluate(scope);
  Value accumulator = args.size() > 2 ? args[2].evaluate(scope) : Value();
  if (!array.isArray()) return accumulator;
  Scope inner = scope;
  inner.frame = Frame::Reduction;
  inner.accumulator = &accumulator;
  for (const auto& element : array.items()) {
    inner.current = &element;
    accumulator = args[1].evaluate(inner);
    if (accumulator.isDeeperThan(Limits().depth) || scope.isSpent()) break;
  }
  scope.nonFinite = inner.nonFinite;
  return accumulator;
}

// The elements of arrays, and other values as elements, in one array.
Value merge(Arguments args, Scope& scope) {
  Vector<Value> merged;
  for (const auto& argument : args) {
    Value value = argument.evaluate(scope);
    const auto count = value.isArray() ? value.items().size() : 1;
    if (!scope.spend(count) || !scope.make(arrayBytes(count))) break;
    if (!value.isArray()) {
      merged.push_back(std::move(value));
      continue;
    }
    for (const auto& element : value.items()) merged.push_back(element);
  }
  return Value(std::move(merged));
}

constexpr Operator kOperators[] = {
    {"map", 2, 2, map, Frame::Element},   {"filter", 2, 2, filter, Frame::Element},
    {"all", 2, 2, all, Frame::Element},   {"some", 2, 2, some, Frame::Element},
    {"none", 2, 2, none, Frame::Element}, {"reduce", 2, 3, reduce, Frame::Reduction},
    {"merge", 0, kAnyCount, merge},
};

}  // namespace

std::span<const Operator> arrayOperators() { return kOperators; }

}  // namespace isthmus
