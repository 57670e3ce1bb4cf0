#pragma once

#include "base/action_budget.h"
#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// The order of entities that `sortBy` asks for: by one member after another, "-name" descending.
// Total, so that any state can be sorted: an absent member counts as null, and null comes before
// booleans, then numbers, strings (by UTF-16 units), and at last arrays and objects, all alike.
class EntityOrder {
 public:
  // Reads the name of a member or a list of such names.
  static Result<EntityOrder> compile(const Value& definition);

  // Without an order entities stay as they came.
  bool isNone() const { return fields_.empty(); }
  // Negative when `a` comes first, 0 when they tie, or the budget is spent.
  int compare(const Value& a, const Value& b, ActionBudget* budget = nullptr) const;

 private:
  struct Field {
    Key name;
    bool descending;
  };

  Status add(const Value& name);

  Vector<Field> fields_;
};

}  // namespace isthmus
