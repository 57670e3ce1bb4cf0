#include "reducer/expression/operators.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

using Arguments = Expression::Arguments;

// No argument is as little true as a false one.
template <bool kWanted>
Value truth(Arguments args, Scope& scope) {
  return Value((!args.empty() && truthy(args[0].evaluate(scope))) == kWanted);
}

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

// Reducers are free of effects, so nothing is logged.
Value log(Arguments args, Scope& scope) { return args[0].evaluate(scope); }

constexpr Operator kOperators[] = {
    {"!", 0, 1, truth<false>},
    {"!!", 0, 1, truth<true>},
    {"and", 1, kAnyCount, logical<false>},
    {"or", 1, kAnyCount, logical<true>},
    {"if", 0, kAnyCount, choose},
    {"?:", 0, kAnyCount, choose},
    {"log", 1, 1, log},
};

}  // namespace

std::span<const Operator> logicOperators() { return kOperators; }

}  // namespace isthmus
