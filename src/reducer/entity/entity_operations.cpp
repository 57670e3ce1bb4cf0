#include "reducer/entity/entity_operations.h"

#include <algorithm>

#include "script/conversion.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

// In a sorted table a replaced entity goes behind its ties, as one that is new.
Status setSorted(EntityTable& table, Entities entities) {
  entities = asRecord(entities);
  EntityIds replaced;
  for (auto& [id, value] : entities) {
    const Value* const before = table.find(id.key);
    if (before == nullptr) continue;
    value = table.reconciled(*before, value);
    replaced.push_back(id);
  }
  if (auto status = table.remove(replaced); !status) return status;
  return table.add(entities);
}

// An empty filter chooses nothing.
bool hasAll(const Value& entity, const Value& where, ActionBudget* budget) {
  const auto has = [&](const auto& member) {
    const Value* const own = entity.find(member.key);
    return own != nullptr && spend(budget) && strictlyEqual(*own, member.value, budget);
  };
  return !where.members().empty() &&
         std::all_of(where.members().begin(), where.members().end(), has);
}

}  // namespace

Status addEntities(EntityTable& table, Entities entities) {
  splitKnown(table, entities);
  return table.add(entities);
}

Status setEntities(EntityTable& table, Entities entities) {
  if (table.isSorted()) return setSorted(table, std::move(entities));
  for (auto& entity : entities) {
    const bool isKnown = table.find(entity.id.key) != nullptr;
    auto status = isKnown ? table.replace(entity) : table.add({std::move(entity)});
    if (!status) return status;
  }
  return Done{};
}

// Ties of a sorted table come in the order of a record's keys.
Status setAllEntities(EntityTable& table, Entities entities) {
  if (table.isSorted()) entities = asRecord(entities);
  return table.replaceAll(entities);
}

Status updateEntities(EntityTable& table, Entities updates) {
  const auto isUnknown = [&](const auto& update) { return table.find(update.id.key) == nullptr; };
  if (updates.size() > 1) {
    erase_if(updates, isUnknown);
    updates = joinUpdates(std::move(updates), table.budget());
  }
  for (const auto& update : updates) {
    if (isUnknown(update)) continue;  // since an update before this one renamed it, perhaps
    Value before = table.before(update.id.key);
    auto status = table.merge(update.id.key, update.value);
    if (status) status = table.changed(update.id, std::move(before));
    if (!status) return status;
  }
  return table.arrange();
}

Result<EntityIds> readFilter(const EntityTable& table, const Value& filter) {
  static const Key kWhere("where");
  const Value* const where = filter.find(kWhere);
  if (where == nullptr || !where->isObject()) {
    return Error{ErrorCode::StepFailed, "removeMany takes an array of ids or { where: {} }"};
  }
  EntityIds ids;
  for (const auto& value : table.ids()) {
    auto id = toEntityId(value, table.budget());
    const Value* const entity = id ? table.find(id->key) : nullptr;
    if (entity != nullptr && hasAll(*entity, *where, table.budget())) ids.push_back(std::move(*id));
  }
  return ids;
}

Entities splitKnown(const EntityTable& table, Entities& entities) {
  KeyIndex fresh;
  Entities known;
  Entities unknown;
  for (auto& [id, value] : entities) {
    const Value* const entity = table.find(id.key);
    const Value* sameKey = entity == nullptr ? nullptr : table.idOf(*entity);
    if (entity == nullptr) {
      if (const auto earlier = fresh.find(id.key)) sameKey = &unknown[*earlier].id.value;
    }
    if (entity == nullptr && sameKey == nullptr) {
      if (entities.size() > 1) fresh.set(id.key, static_cast<std::uint32_t>(unknown.size()));
      unknown.push_back({std::move(id), std::move(value)});
    } else if (sameKey == nullptr || strictlyEqual(*sameKey, id.value)) {
      known.push_back({std::move(id), std::move(value)});
    }
  }
  entities = std::move(unknown);
  return known;
}

}  // namespace isthmus
