#include "native/reducer/model/plain_entities.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "script/conversion.h"
#include "value/json.h"

namespace isthmus::model {
namespace {

const Value& updatedId(const Value& update) { return *update.find(Key("id")); }

Value::Items valuesOf(const Value& record) {
  Value::Items values;
  for (const auto& member : record.members()) values.push_back(member.value);
  return values;
}

bool isId(const Value* id) { return id != nullptr && (id->isString() || id->isNumber()); }

}  // namespace

Key PlainEntities::keyOf(const Value& id) { return Key(id.isString() ? id.string() : toJson(id)); }

std::optional<PlainEntities> PlainEntities::open(const Value* state, const Value& step) {
  const Value* const sortBy = step.find(Key("sortBy"));
  const Value* const selectId = step.find(Key("selectId"));
  const Value* const ids = state == nullptr ? nullptr : state->find(Key("ids"));
  const Value* const entities = state == nullptr ? nullptr : state->find(Key("entities"));
  if (ids == nullptr || entities == nullptr || !ids->isArray() || !entities->isObject()) {
    return std::nullopt;
  }
  PlainEntities table;
  table.ids_ = {ids->items().begin(), ids->items().end()};
  table.entities_ = *entities;
  if (selectId != nullptr) table.selectId_ = Key(selectId->string());
  if (sortBy == nullptr) return table;
  if (sortBy->isString()) table.sortBy_.emplace_back(sortBy->string());
  if (sortBy->isArray()) {
    for (const auto& name : sortBy->items()) table.sortBy_.emplace_back(name.string());
  }
  return table;
}

Value PlainEntities::toValue(const Value& state) const {
  return withMember(withMember(state, Key("ids"), Value(ids_)), Key("entities"), entities_);
}

bool PlainEntities::isEntity(const Value& value) const { return isId(value.find(selectId_)); }

Value::Items PlainEntities::idsWhere(const Value& members) const {
  const auto chosen = members.members();
  Value::Items ids;
  for (const auto& id : ids_) {
    const auto has = [&](const Value::Member& member) {
      const Value* const own = find(id)->find(member.key);
      return own != nullptr && strictlyEqual(*own, member.value);
    };
    if (chosen.size() > 0 && std::all_of(chosen.begin(), chosen.end(), has)) ids.push_back(id);
  }
  return ids;
}

int PlainEntities::compare(const Value& a, const Value& b) const {
  const auto numberOf = [](const Value& entity, const std::string& name) {
    const Value* const own = entity.find(Key(name));
    return own == nullptr ? -std::numeric_limits<double>::infinity() : own->number();
  };
  for (const auto& field : sortBy_) {
    const bool descending = field[0] == '-';
    const auto name = descending ? field.substr(1) : field;
    const double x = numberOf(descending ? b : a, name);
    const double y = numberOf(descending ? a : b, name);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

bool PlainEntities::hasId(const Value& id) const {
  return std::any_of(ids_.begin(), ids_.end(),
                     [&](const Value& own) { return strictlyEqual(own, id); });
}

void PlainEntities::mergeSorted(const Value::Items& added, bool applied) {
  Value::Items sorted;
  Value seen{Value::Members{}};
  for (const auto& id : ids_) {
    if (find(id) == nullptr || seen.find(keyOf(id)) != nullptr) continue;
    seen = withMember(seen, keyOf(id), id);
    sorted.push_back(*find(id));
  }
  const auto before = [&](const Value& a, const Value& b) { return compare(a, b) < 0; };
  const bool wasEmpty = sorted.empty();
  for (const auto& item : added) {
    entities_ = withMember(entities_, keyOf(idOf(item)), item);
    sorted.insert(
        wasEmpty ? sorted.end() : std::upper_bound(sorted.begin(), sorted.end(), item, before),
        item);
  }
  if (wasEmpty || applied) std::stable_sort(sorted.begin(), sorted.end(), before);
  ids_.clear();
  for (const auto& entity : sorted) ids_.push_back(idOf(entity));
}

void PlainEntities::add(const Value::Items& entities) {
  Value::Items models;
  for (const auto& entity : entities) {
    const auto repeats = [&](const Value& other) {
      return strictlyEqual(idOf(other), idOf(entity));
    };
    const bool isKnown = isSorted() ? hasId(idOf(entity)) : find(idOf(entity)) != nullptr;
    if (!isKnown && std::none_of(models.begin(), models.end(), repeats)) models.push_back(entity);
  }
  if (isSorted() && !models.empty()) mergeSorted(models, false);
  if (!isSorted()) set(models);
}

void PlainEntities::set(const Value::Items& entities) {
  if (isSorted()) {
    Value deduplicated{Value::Members{}};
    for (const auto& entity : entities) {
      deduplicated = withMember(deduplicated, keyOf(idOf(entity)), entity);
      entities_ = withoutMember(entities_, keyOf(idOf(entity)));
    }
    if (!entities.empty()) mergeSorted(valuesOf(deduplicated), false);
    return;
  }
  for (const auto& entity : entities) {
    if (find(idOf(entity)) == nullptr) ids_.push_back(idOf(entity));
    entities_ = withMember(entities_, keyOf(idOf(entity)), entity);
  }
}

void PlainEntities::setAll(const Value::Items& entities) {
  ids_.clear();
  entities_ = Value(Value::Members{});
  set(entities);
}

bool PlainEntities::become(const Value& id, const Value& entity) {
  const Value* const next = entity.find(selectId_);
  if (!isId(next)) return false;
  isUpdated_ = true;
  if (!strictlyEqual(*next, id)) {
    isRenamed_ = true;
    newIds_ = withMember(newIds_, keyOf(id), *next);
    entities_ = withoutMember(entities_, keyOf(id));
    const auto place = std::find_if(ids_.begin(), ids_.end(),
                                    [&](const Value& own) { return strictlyEqual(own, id); });
    if (isSorted()) *place = *next;
  }
  entities_ = withMember(entities_, keyOf(*next), entity);
  return true;
}

void PlainEntities::settle() {
  if (isSorted() && isUpdated_) mergeSorted({}, true);
  if (!isSorted() && isRenamed_) {
    const auto before = std::exchange(ids_, {});
    for (const auto& id : before) {
      const Value* const next = newIds_.find(keyOf(id));
      const Value& now = next == nullptr ? id : *next;
      if (find(now) != nullptr && !hasId(now)) ids_.push_back(now);
    }
  }
  newIds_ = Value(Value::Members{});
  isRenamed_ = isUpdated_ = false;
}

bool PlainEntities::update(const Value::Items& updates) {
  Value merged{Value::Members{}};
  for (const auto& update : updates) {
    if (find(updatedId(update)) == nullptr) continue;
    const Key key = keyOf(updatedId(update));
    const Value* const earlier = merged.find(key);
    const Value& changes = *update.find(Key("changes"));
    const Value all =
        earlier == nullptr ? changes : *mergeAt(*earlier->find(Key("changes")), {}, changes);
    merged = withMember(merged, key, withMember(update, Key("changes"), all));
  }
  for (const auto& update : valuesOf(merged)) {
    const Value* const original = find(updatedId(update));
    if (original == nullptr) continue;
    const auto updated = mergeAt(*original, {}, *update.find(Key("changes")));
    if (!updated || !become(updatedId(update), *updated)) return false;
  }
  settle();
  return true;
}

void PlainEntities::remove(const Value::Items& ids) {
  for (const auto& id : ids) {
    entities_ = withoutMember(entities_, keyOf(id));
    erase_if(ids_, [&](const Value& own) { return keyOf(own) == keyOf(id); });
  }
}

Value::Items PlainEntities::addUnknown(const Value::Items& entities) {
  Value::Items added;
  Value::Items updates;
  for (const auto& entity : entities) {
    const auto repeats = [&](const Value& other) {
      return strictlyEqual(idOf(other), idOf(entity));
    };
    if (hasId(idOf(entity)) || std::any_of(added.begin(), added.end(), repeats)) {
      const Value update = withMember(Value(Value::Members{}), Key("id"), idOf(entity));
      updates.push_back(withMember(update, Key("changes"), entity));
    } else {
      added.push_back(entity);
    }
  }
  add(added);
  return updates;
}

}  // namespace isthmus::model
