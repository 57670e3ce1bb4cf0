#pragma once

#include <optional>

#include "base/action_budget.h"
#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// An entity's id as JavaScript has it, a string or a number, and the key of its entity.
struct EntityId {
  Value value;
  Key key;
};
// What a step brings for an id: an entity, or in an update the members to change.
struct Entity {
  EntityId id;
  Value value;
};
using Entities = Vector<Entity>;
using EntityIds = Vector<EntityId>;

// Nothing when `value` is neither a string nor a number, or the budget is spent.
std::optional<EntityId> toEntityId(const Value& value, ActionBudget* budget = nullptr);

// Finds an id among others without making keys of them.
class IdMatch {
 public:
  explicit IdMatch(const Key& key);
  bool operator()(const Value& id) const;

 private:
  Key key_;
  std::optional<double> number_;  // whose text is the key
};

// What the steps take, one or many: entities in an array or a record; { id, changes }; ids. Errors
// are messages, since what is wrong lies in the payload and not at a place in the state.
Result<Entities> readEntities(const Value& value, bool many, const Key& selectId,
                              ActionBudget* budget);
Result<Entities> readUpdates(const Value& value, bool many, ActionBudget* budget);
Result<EntityIds> readIds(const Value& value, bool many, ActionBudget* budget);

// As assignments to a record make of them, in its order of keys: the last of an id wins.
Entities asRecord(const Entities& entities);
// The same of updates, whose changes of one id become one.
Entities joinUpdates(Entities updates, ActionBudget* budget);

}  // namespace isthmus
