#pragma once

#include <span>

#include "base/work_budget.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// Looks for a schema that no value without something at a place can pass (Schema::demands).
class SchemaDemands {
 public:
  // `path` is not empty; in it '*' is every element and member (contract/never_path.h). False also
  // when that would take too long to find out.
  bool demand(const SchemaNode& node, std::span<const Key> path);

 private:
  bool combined(const CombinedRules& rules, std::span<const Key> path);
  bool member(const ObjectRules& rules, std::span<const Key> path);
  bool everyMember(const ObjectRules& rules, std::span<const Key> path);
  bool everyElement(const ArrayRules& rules, std::span<const Key> path);
  bool element(const ArrayRules& rules, std::span<const Key> path);
  bool child(const SchemaNode* node, std::span<const Key> path);
  bool all(const SchemaList& list, std::span<const Key> path);

  WorkBudget work_{100'000};
};

}  // namespace isthmus
