// The entity steps of a PlainProgram.

#include <algorithm>

#include "native/reducer/model/plain_program.h"

namespace isthmus::model {
namespace {

const Value* field(const Value& step, const char* name) { return step.find(Key(name)); }

bool isId(const Value* id) { return id != nullptr && (id->isString() || id->isNumber()); }
bool isUpdate(const Value& value) {
  const Value* const changes = value.find(Key("changes"));
  return isId(value.find(Key("id"))) && changes != nullptr && changes->isObject();
}

std::optional<Value::Items> listOf(const Value& value, bool many, bool records) {
  if (!many) return Value::Items{value};
  if (value.isArray()) return Value::Items(value.items().begin(), value.items().end());
  if (!records || !value.isObject()) return std::nullopt;
  Value::Items items;
  for (const auto& member : value.members()) items.push_back(member.value);
  return items;
}

bool all(const Value::Items& items, auto holds) {
  return std::all_of(items.begin(), items.end(), holds);
}

}  // namespace

bool PlainProgram::applyEntities(const std::string& op, const Path& path, const Value& step) {
  auto table = PlainEntities::open(find(state_, path), step);
  if (!table) return false;
  const auto finish = [&] {
    return replace(setAt(state_, path, table->toValue(*find(state_, path))));
  };
  if (op == "removeAll") {
    table->setAll({});
    return finish();
  }
  if (field(step, "where") != nullptr) return applyWhere(*table, path, step);
  const auto value = evaluateFinite(*field(step, "value"));
  if (!value) return false;
  if (op == "removeMany" && value->isObject()) {
    const Value* const members = field(*value, "where");
    if (members == nullptr || !members->isObject()) return false;
    table->remove(table->idsWhere(*members));
    return finish();
  }
  const bool isRemove = op.starts_with("remove");
  const bool isUpdating = op.starts_with("update");
  const auto list = listOf(*value, !op.ends_with("One"), !isRemove && !isUpdating);
  if (!list) return false;
  if (isRemove) {
    if (!all(*list, [](const Value& id) { return isId(&id); })) return false;
    table->remove(*list);
    return finish();
  }
  if (isUpdating) return all(*list, isUpdate) && table->update(*list) && finish();
  if (!all(*list, [&](const Value& one) { return table->isEntity(one); })) return false;
  if (op.starts_with("upsert")) return upsertEntities(*table, path, step, *list);
  if (op.starts_with("add")) table->add(*list);
  if (op == "setAll") {
    table->setAll(*list);
  } else if (op.starts_with("set")) {
    table->set(*list);
  }
  return finish();
}

bool PlainProgram::upsertEntities(PlainEntities& table, const Path& path, const Value& step,
                                  const Value::Items& entities) {
  const auto updates = table.addUnknown(entities);
  const Value* const onMatch = field(step, "onMatch");
  if (onMatch == nullptr && !table.update(updates)) return false;
  replace(setAt(state_, path, table.toValue(*find(state_, path))));
  Value::Items ids;
  Value::Items incoming;
  for (const auto& update : updates) {
    ids.push_back(*field(update, "id"));
    incoming.push_back(*field(update, "changes"));
  }
  return onMatch == nullptr || runOnEntities(table, path, ids, *onMatch, incoming);
}

bool PlainProgram::applyWhere(PlainEntities& table, const Path& path, const Value& step) {
  Value::Items ids;
  Value::Items updates;
  const Value* const onMatch = field(step, "onMatch");
  const bool isMerge = field(step, "op")->string() == "updateMany" && onMatch == nullptr;
  for (const auto& id : table.ids()) {
    const Value& entity = *table.find(id);
    if (!matches(*field(step, "where"), entity)) continue;
    ids.push_back(id);
    if (!isMerge) continue;
    scope_.item = &entity;
    const auto changes = evaluateFinite(*field(step, "value"));
    scope_.item = nullptr;
    if (!changes || !changes->isObject()) return false;
    const Value update = withMember(Value(Value::Members{}), Key("id"), id);
    updates.push_back(withMember(update, Key("changes"), *changes));
  }
  if (onMatch != nullptr) return runOnEntities(table, path, ids, *onMatch, {});
  if (isMerge && !table.update(updates)) return false;
  if (!isMerge) table.remove(ids);
  return replace(setAt(state_, path, table.toValue(*find(state_, path))));
}

// Each entity lies in the state while its steps run; what they made of it goes into the table.
bool PlainProgram::runOnEntities(PlainEntities& table, const Path& path, const Value::Items& ids,
                                 const Value& steps, const Value::Items& incoming) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Value& id = ids[i];
    if (table.find(id) == nullptr) continue;
    Path element = path;
    element.emplace_back("entities");
    replace(setAt(state_, path, table.toValue(*find(state_, path))));
    element.push_back(
        Key(id.isString() ? id.string() : std::to_string(static_cast<int>(id.number()))));
    Base base{element};
    if (!runOn(base, steps, incoming.empty() ? scope_.incoming : &incoming[i])) return false;
    const Value* const entity = find(state_, element);
    if (entity == nullptr || !table.become(id, *entity)) return false;
  }
  table.settle();
  return replace(setAt(state_, path, table.toValue(*find(state_, path))));
}

}  // namespace isthmus::model
