#pragma once

#include <cstdint>

#include "reducer/entity/entity_input.h"
#include "reducer/entity/entity_order.h"
#include "value/draft.h"

namespace isthmus {

// Entities of a draft in the shape of Redux Toolkit:
//
//   { "ids": ["b", 7], "entities": { "7": { "id": 7 }, "b": { "id": "b" } } }
//
// An id keeps its type in `ids` and is text as a key of `entities`. With an order, `ids` is sorted
// by it, ties as they were inserted; a state that was sorted otherwise stays usable, but unsorted.
// Changing or adding one of n entities costs O(log n); removing one may scan `ids`.
class EntityTable {
 public:
  EntityTable(Draft& draft, const Path& path, const Key& selectId, const EntityOrder& order);
  // StepFailed when there is no such shape at `path`; then nothing else is to be called.
  Status check() const;

  bool isSorted() const { return !order_.isNone(); }
  const Sequence<Value>& ids() const { return draft_.find(idsPath_)->items(); }
  const Value* find(const Key& key) const;
  // The id that an entity itself holds.
  const Value* idOf(const Value& entity) const { return entity.find(selectId_); }
  Path pathOf(const Key& key) const;
  ActionBudget* budget() const { return draft_.budget(); }
  // An entity that is to come into the place of `before`.
  Value reconciled(const Value& before, const Value& entity) const;

  // Replaces everything. Of an id that comes twice, the last entity counts; not in a sorted table.
  Status replaceAll(const Entities& entities);
  // Entities whose ids are new, each once.
  Status add(const Entities& entities);
  // Another value for an entity that exists; unsorted tables only.
  Status replace(const Entity& entity);
  // Ids that are unknown are passed over.
  Status remove(const EntityIds& ids);

  // An entity may be changed in place between `before` and `changed`, which follows a change of its
  // id; `arrange` then brings `ids` in line with all that was changed.
  Value before(const Key& key) const { return isSorted() ? *find(key) : Value(); }
  Status merge(const Key& key, const Value& changes);
  Status changed(const EntityId& id, Value before);
  Status arrange();

 private:
  // An entity as it was where `ids` has it.
  struct Moved {
    Key key;
    Value before;
  };
  struct Renamed {
    Key from;
    EntityId to;
  };
  // The ids to be, and in a sorted table the entity of each, by which they are sorted.
  struct Rows {
    bool isSorted = false;
    Value::Items ids = {};
    Value::Items entities = {};
    void add(const Value& id, const Value& entity) {
      ids.push_back(id);
      if (isSorted) entities.push_back(entity);
    }
  };

  int compare(const Value& a, const Value& b) const { return order_.compare(a, b, budget()); }

  std::optional<EntityId> ownId(const Value& entity) const;
  Value entityAt(std::uint32_t position, const Moved* moved) const;
  std::uint32_t boundOf(const Value& entity, bool behindTies, const Moved* moved) const;
  std::optional<std::uint32_t> positionOf(const Moved& moved) const;
  Status rename(const EntityId& id, const EntityId& next);
  Status move(const Moved& moved);
  Status eraseId(std::uint32_t position);
  Status insertId(std::uint32_t position, const Value& id);
  Status putInPlace(const Vector<Renamed>& renamed);
  Status sort();
  Status setIds(Rows rows);

  Draft& draft_;
  const Path& path_;
  Path idsPath_;
  Path entitiesPath_;
  const Key& selectId_;
  const EntityOrder& order_;
  Vector<Renamed> renamed_;
  Vector<Moved> moved_;
};

}  // namespace isthmus
