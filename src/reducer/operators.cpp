#include "reducer/operators.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "reducer/conversion.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();

Value arithmetic(double number, Scope& scope) {
  if (!std::isfinite(number)) scope.nonFinite = true;
  return Value(number);
}

Value looseEqual(Arguments args, Scope& scope) {
  return Value(looselyEqual(args[0].evaluate(scope), args[1].evaluate(scope)));
}
Value looseUnequal(Arguments args, Scope& scope) {
  return Value(!looselyEqual(args[0].evaluate(scope), args[1].evaluate(scope)));
}
Value strictEqual(Arguments args, Scope& scope) {
  return Value(strictlyEqual(args[0].evaluate(scope), args[1].evaluate(scope)));
}
Value strictUnequal(Arguments args, Scope& scope) {
  return Value(!strictlyEqual(args[0].evaluate(scope), args[1].evaluate(scope)));
}

// `a < b`, or with three arguments `a < b && b < c`.
template <bool (*kHolds)(Ordering)>
Value ordered(Arguments args, Scope& scope) {
  Value left = args[0].evaluate(scope);
  for (const auto& argument : args.subspan(1)) {
    Value right = argument.evaluate(scope);
    if (!kHolds(compare(left, right))) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}
bool isLess(Ordering order) { return order == Ordering::Less; }
bool isAtMost(Ordering order) { return order == Ordering::Less || order == Ordering::Equal; }
bool isGreater(Ordering order) { return order == Ordering::Greater; }
bool isAtLeast(Ordering order) { return order == Ordering::Greater || order == Ordering::Equal; }

Value negate(Arguments args, Scope& scope) { return Value(!truthy(args[0].evaluate(scope))); }
Value affirm(Arguments args, Scope& scope) { return Value(truthy(args[0].evaluate(scope))); }

// The first argument that decides, as it is; the last one when none does.
template <bool kDecides>
Value logical(Arguments args, Scope& scope) {
  Value last;
  for (const auto& argument : args) {
    last = argument.evaluate(scope);
    if (truthy(last) == kDecides) break;
  }
  return last;
}

// if, then, else if, then, ..., else
Value choose(Arguments args, Scope& scope) {
  std::size_t i = 0;
  for (; i + 1 < args.size(); i += 2) {
    if (truthy(args[i].evaluate(scope))) return args[i + 1].evaluate(scope);
  }
  return i < args.size() ? args[i].evaluate(scope) : Value();
}

Value add(Arguments args, Scope& scope) {
  double sum = 0;
  for (const auto& argument : args) sum += leadingNumber(argument.evaluate(scope));
  return arithmetic(sum, scope);
}
Value multiply(Arguments args, Scope& scope) {
  double product = 1;
  for (const auto& argument : args) product *= leadingNumber(argument.evaluate(scope));
  return arithmetic(product, scope);
}
Value subtract(Arguments args, Scope& scope) {
  const double first = toNumber(args[0].evaluate(scope));
  return arithmetic(args.size() == 1 ? -first : first - toNumber(args[1].evaluate(scope)), scope);
}
Value divide(Arguments args, Scope& scope) {
  const double dividend = toNumber(args[0].evaluate(scope));
  return arithmetic(dividend / toNumber(args[1].evaluate(scope)), scope);
}
Value modulo(Arguments args, Scope& scope) {
  const double dividend = toNumber(args[0].evaluate(scope));
  return arithmetic(std::fmod(dividend, toNumber(args[1].evaluate(scope))), scope);
}

template <bool kLargest>
Value extreme(Arguments args, Scope& scope) {
  double best = toNumber(args[0].evaluate(scope));
  for (const auto& argument : args.subspan(1)) {
    const double next = toNumber(argument.evaluate(scope));
    const bool better = kLargest ? next > best : next < best;
    if (std::isnan(next) || better) best = next;
  }
  return arithmetic(best, scope);
}

constexpr Operator kOperators[] = {
    {"==", 2, 2, looseEqual},
    {"!=", 2, 2, looseUnequal},
    {"===", 2, 2, strictEqual},
    {"!==", 2, 2, strictUnequal},
    {"<", 2, 3, ordered<isLess>},
    {"<=", 2, 3, ordered<isAtMost>},
    {">", 2, 3, ordered<isGreater>},
    {">=", 2, 3, ordered<isAtLeast>},
    {"!", 1, 1, negate},
    {"!!", 1, 1, affirm},
    {"and", 1, kAny, logical<false>},
    {"or", 1, kAny, logical<true>},
    {"if", 1, kAny, choose},
    {"?:", 3, 3, choose},
    {"+", 1, kAny, add},
    {"*", 1, kAny, multiply},
    {"-", 1, 2, subtract},
    {"/", 2, 2, divide},
    {"%", 2, 2, modulo},
    {"min", 1, kAny, extreme<false>},
    {"max", 1, kAny, extreme<true>},
};

}  // namespace

const Operator* findOperator(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kOperators), std::end(kOperators),
                   [&](const Operator& candidate) { return candidate.name == name; });
  return found == std::end(kOperators) ? nullptr : found;
}

}  // namespace isthmus
