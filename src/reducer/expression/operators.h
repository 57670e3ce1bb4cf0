#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "reducer/expression/expression.h"

namespace isthmus {

inline constexpr std::size_t kAnyCount = std::numeric_limits<std::size_t>::max();

// A JsonLogic operator, with the semantics of json-logic-js. Each takes the numbers of arguments
// for which that has a result: what would be undefined there is refused.
struct Operator {
  std::string_view name;
  std::size_t atLeast;
  std::size_t atMost;
  Expression::Operation operation;
  std::optional<Frame> inner = std::nullopt;  // the second argument's, where it has another data
};

// One list for each operators_*.cpp.
std::span<const Operator> comparisonOperators();
std::span<const Operator> logicOperators();
std::span<const Operator> arithmeticOperators();
std::span<const Operator> arrayOperators();
std::span<const Operator> textOperators();
std::span<const Operator> dataOperators();

// The operator of that JsonLogic name, or nullptr.
const Operator* findOperator(std::string_view name);

}  // namespace isthmus
