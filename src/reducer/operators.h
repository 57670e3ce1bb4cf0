#pragma once

#include <cstddef>
#include <string_view>

#include "reducer/expression.h"

namespace isthmus {

struct Operator {
  std::string_view name;
  std::size_t atLeast;
  std::size_t atMost;
  Expression::Operation operation;
};

// The operator of that JsonLogic name, or nullptr.
const Operator* findOperator(std::string_view name);

}  // namespace isthmus
