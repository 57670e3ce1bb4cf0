#include "reducer/entity_operations.h"

#include <algorithm>
#include <unordered_map>

#include "reducer/conversion.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

// In a sorted table a replaced entity goes behind its ties, as one that is new.
Status setSorted(EntityTable& table, std::vector<Entity> entities) {
  entities = asRecord(std::move(entities));
  std::vector<EntityId> replaced;
  for (auto& [id, value] : entities) {
    const Value* const before = table.find(id.key);
    if (before == nullptr) continue;
    value = reconcile(*before, value);
    replaced.push_back(id);
  }
  if (auto status = table.remove(replaced); !status) return status;
  return table.add(entities);
}

// An empty filter chooses nothing.
bool hasAll(const Value& entity, const Value& where) {
  const auto has = [&](const auto& member) {
    const Value* const own = entity.find(member.key);
    return own != nullptr && strictlyEqual(*own, member.value);
  };
  return !where.members().empty() &&
         std::all_of(where.members().begin(), where.members().end(), has);
}

}  // namespace

Status addEntities(EntityTable& table, std::vector<Entity> entities) {
  splitKnown(table, entities);
  return table.add(entities);
}

Status setEntities(EntityTable& table, std::vector<Entity> entities) {
  if (table.isSorted()) return setSorted(table, std::move(entities));
  for (auto& entity : entities) {
    const bool isKnown = table.find(entity.id.key) != nullptr;
    auto status = isKnown ? table.replace(entity) : table.add({std::move(entity)});
    if (!status) return status;
  }
  return Done{};
}

// Ties of a sorted table come in the order of a record's keys.
Status setAllEntities(EntityTable& table, std::vector<Entity> entities) {
  if (table.isSorted()) entities = asRecord(std::move(entities));
  return table.replaceAll(entities);
}

Status updateEntities(EntityTable& table, std::vector<EntityUpdate> updates) {
  const auto isUnknown = [&](const auto& update) { return table.find(update.id.key) == nullptr; };
  if (updates.size() > 1) {
    std::erase_if(updates, isUnknown);
    updates = asRecord(std::move(updates));
  }
  for (const auto& update : updates) {
    if (isUnknown(update)) continue;  // since an update before this one renamed it, perhaps
    const auto& [id, changes] = update;
    Value before = table.before(id.key);
    auto status = table.merge(id.key, changes);
    if (status) status = table.changed(id, std::move(before));
    if (!status) return status;
  }
  return table.arrange();
}

Result<std::vector<EntityId>> readFilter(const EntityTable& table, const Value& filter) {
  static const Key kWhere("where");
  const Value* const where = filter.find(kWhere);
  if (where == nullptr || !where->isObject()) {
    return Error{ErrorCode::StepFailed, "removeMany takes an array of ids or { where: {} }"};
  }
  std::vector<EntityId> ids;
  for (const auto& value : table.ids()) {
    auto id = toEntityId(value);
    const Value* const entity = id ? table.find(id->key) : nullptr;
    if (entity != nullptr && hasAll(*entity, *where)) ids.push_back(std::move(*id));
  }
  return ids;
}

std::vector<EntityUpdate> splitKnown(const EntityTable& table, std::vector<Entity>& entities) {
  std::unordered_map<Key, Value, KeyHash> fresh;
  std::vector<EntityUpdate> known;
  std::vector<Entity> unknown;
  for (auto& [id, value] : entities) {
    const Value* const entity = table.find(id.key);
    const Value* sameKey = entity == nullptr ? nullptr : table.idOf(*entity);
    if (entity == nullptr && entities.size() > 1) {
      const auto [added, isNew] = fresh.emplace(id.key, id.value);
      if (!isNew) sameKey = &added->second;
    }
    if (entity == nullptr && sameKey == nullptr) {
      unknown.push_back({std::move(id), std::move(value)});
    } else if (sameKey == nullptr || strictlyEqual(*sameKey, id.value)) {
      known.push_back({std::move(id), std::move(value)});
    }
  }
  entities = std::move(unknown);
  return known;
}

}  // namespace isthmus
