#include <cmath>

#include "reducer/expression/operators.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

Value result(double number, Scope& scope) {
  if (!std::isfinite(number)) scope.nonFinite = true;
  return Value(number);
}

Value add(Arguments args, Scope& scope) {
  double sum = 0;
  for (const auto& argument : args) sum += leadingNumber(argument.evaluate(scope), scope.budget);
  return result(sum, scope);
}

// A single argument is left as it is. The product so far is read again like an argument, and loses
// the sign of a zero like one.
Value multiply(Arguments args, Scope& scope) {
  Value first = args[0].evaluate(scope);
  if (args.size() == 1) return first;
  double product = leadingNumber(first, scope.budget);
  for (const auto& argument : args.subspan(1)) {
    product = (product + 0.0) * leadingNumber(argument.evaluate(scope), scope.budget);
  }
  return result(product, scope);
}

Value subtract(Arguments args, Scope& scope) {
  const double first = toNumber(args[0].evaluate(scope), scope.budget);
  return result(args.size() == 1 ? -first : first - toNumber(args[1].evaluate(scope), scope.budget),
                scope);
}

Value divide(Arguments args, Scope& scope) {
  const double dividend = toNumber(args[0].evaluate(scope), scope.budget);
  return result(dividend / toNumber(args[1].evaluate(scope), scope.budget), scope);
}

Value modulo(Arguments args, Scope& scope) {
  const double dividend = toNumber(args[0].evaluate(scope), scope.budget);
  return result(std::fmod(dividend, toNumber(args[1].evaluate(scope), scope.budget)), scope);
}

// -0 is less than 0 here, as in Math.min and Math.max, and NaN is both the least and the greatest.
bool isLess(double a, double b) { return a < b || (a == b && std::signbit(a) && !std::signbit(b)); }

template <bool kLargest>
Value extreme(Arguments args, Scope& scope) {
  double best = toNumber(args[0].evaluate(scope), scope.budget);
  for (const auto& argument : args.subspan(1)) {
    const double next = toNumber(argument.evaluate(scope), scope.budget);
    if (std::isnan(best)) continue;
    if (std::isnan(next) || (kLargest ? isLess(best, next) : isLess(next, best))) best = next;
  }
  return result(best, scope);
}

constexpr Operator kOperators[] = {
    {"+", 0, kAnyCount, add},
    {"*", 1, kAnyCount, multiply},
    {"-", 1, 2, subtract},
    {"/", 2, 2, divide},
    {"%", 2, 2, modulo},
    {"min", 1, kAnyCount, extreme<false>},
    {"max", 1, kAnyCount, extreme<true>},
};

}  // namespace

std::span<const Operator> arithmeticOperators() { return kOperators; }

}  // namespace isthmus
