#pragma once

#include "reducer/entity/entity_table.h"

namespace isthmus {

// The operations of Redux Toolkit's entity adapter, sorted and unsorted, on a table; entities that
// are equal to those they replace keep their nodes.

// Adds those whose ids are unknown.
Status addEntities(EntityTable& table, Entities entities);
// Adds or replaces.
Status setEntities(EntityTable& table, Entities entities);
// In place of all there are.
Status setAllEntities(EntityTable& table, Entities entities);
// Merges the changes into those that exist, which may change their ids.
Status updateEntities(EntityTable& table, Entities updates);

// The ids that removeMany's payload { where: members } chooses: of the entities that have them all.
Result<EntityIds> readFilter(const EntityTable& table, const Value& filter);

// Takes the entities that exist, or that come again, out of `entities` and returns them as updates.
// One whose id is known as another type, 1 and "1", is neither.
Entities splitKnown(const EntityTable& table, Entities& entities);

}  // namespace isthmus
