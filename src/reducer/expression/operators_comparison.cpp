#include "reducer/expression/operators.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

template <bool (*kEqual)(const Value&, const Value&, ActionBudget*), bool kWanted>
Value equality(Arguments args, Scope& scope) {
  const Value left = args[0].evaluate(scope);
  return Value(kEqual(left, args[1].evaluate(scope), scope.budget) == kWanted);
}

// `a < b`, or with three arguments `a < b && b < c`.
template <bool (*kHolds)(Ordering)>
Value ordered(Arguments args, Scope& scope) {
  Value left = args[0].evaluate(scope);
  for (const auto& argument : args.subspan(1)) {
    Value right = argument.evaluate(scope);
    if (!kHolds(compare(left, right, scope.budget))) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}
bool isLess(Ordering order) { return order == Ordering::Less; }
bool isAtMost(Ordering order) { return order == Ordering::Less || order == Ordering::Equal; }
bool isGreater(Ordering order) { return order == Ordering::Greater; }
bool isAtLeast(Ordering order) { return order == Ordering::Greater || order == Ordering::Equal; }

constexpr Operator kOperators[] = {
    {"==", 2, 2, equality<looselyEqual, true>},
    {"!=", 2, 2, equality<looselyEqual, false>},
    {"===", 2, 2, equality<strictlyEqual, true>},
    {"!==", 2, 2, equality<strictlyEqual, false>},
    {"<", 2, 3, ordered<isLess>},
    {"<=", 2, 3, ordered<isAtMost>},
    {">", 2, 3, ordered<isGreater>},
    {">=", 2, 3, ordered<isAtLeast>},
};

}  // namespace

std::span<const Operator> comparisonOperators() { return kOperators; }

}  // namespace isthmus
