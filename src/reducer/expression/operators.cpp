#include "reducer/expression/operators.h"

namespace isthmus {

const Operator* findOperator(std::string_view name) {
  for (const auto group : {comparisonOperators(), logicOperators(), arithmeticOperators(),
                           arrayOperators(), textOperators(), dataOperators()}) {
    for (const auto& candidate : group) {
      if (candidate.name == name) return &candidate;
    }
  }
  return nullptr;
}

}  // namespace isthmus
