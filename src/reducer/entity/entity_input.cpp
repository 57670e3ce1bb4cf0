#include "reducer/entity/entity_input.h"

#include <cmath>

#include "script/number_to_text.h"
#include "script/text_to_number.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr double kIndexEnd = 4294967295.0;
constexpr std::size_t kEntityBytes = 64;  // in a list, a record and an index

Key keyOf(double number) {
  const bool isIndex = number >= 0 && number < kIndexEnd && number == std::trunc(number);
  return isIndex ? Key::fromIndex(static_cast<std::uint32_t>(number)) : Key(numberToText(number));
}

HeapError refused(std::string_view message) { return toHeap({ErrorCode::StepFailed, message}); }

Result<Entity> readEntity(const Value& value, const Key& selectId, ActionBudget* budget) {
  if (!value.isObject()) return refused("an entity must be an object");
  const Value* const own = value.find(selectId);
  auto id = own == nullptr ? std::nullopt : toEntityId(*own, budget);
  if (!id) return refused("an entity needs a string or a number as its '" + selectId.text() + "'");
  return Entity{std::move(*id), value};
}

Result<Entity> readUpdate(const Value& value, const Key& selectId, ActionBudget* budget) {
  static const Key kChanges("changes");
  const Value* const own = value.find(selectId);
  const Value* const changes = value.find(kChanges);
  auto id = own == nullptr ? std::nullopt : toEntityId(*own, budget);
  if (!value.isObject() || !id || changes == nullptr || !changes->isObject()) {
    return refused("an update is { id, changes }, the changes being an object");
  }
  return Entity{std::move(*id), *changes};
}

Result<EntityId> readId(const Value& value, const Key&, ActionBudget* budget) {
  auto id = toEntityId(value, budget);
  return id ? Result<EntityId>(std::move(*id)) : refused("an id is a string or a number");
}

template <typename T>
using Read = Result<T> (*)(const Value&, const Key& id, ActionBudget*);

// Reads each of a list of things, and says which one is refused.
template <typename T>
Result<Vector<T>> readEach(const Sequence<Value>& list, const Key& id, Read<T> read,
                           ActionBudget* budget) {
  if (!make(budget, kEntityBytes * list.size())) return refused("there are too many");
  Vector<T> things;
  things.reserve(list.size());
  for (const auto& value : list) {
    auto thing = read(value, id, budget);
    if (!thing) {
      thing.error().message += " (number " + std::to_string(things.size()) + " is not)";
      return thing.pass();
    }
    things.push_back(std::move(thing).value());
  }
  return things;
}

template <typename T>
Result<Vector<T>> readOne(const Value& value, const Key& id, Read<T> read, ActionBudget* budget) {
  auto thing = read(value, id, budget);
  if (!thing) return thing.pass();
  Vector<T> things;
  things.push_back(std::move(thing).value());
  return things;
}

Sequence<Value> valuesOf(const Value& record) {
  Value::Items values;
  values.reserve(record.members().size());
  for (const auto& member : record.members()) values.push_back(member.value);
  return Sequence<Value>(std::move(values));
}

Value merged(const Value& earlier, const Value& later, ActionBudget* budget) {
  const auto count = earlier.members().size() + later.members().size();
  if (!spend(budget, count) || !make(budget, objectBytes(count))) return later;
  ObjectBuilder builder;
  for (const auto& [key, value] : earlier.members()) builder.set(key, value);
  for (const auto& [key, value] : later.members()) builder.set(key, value);
  return std::move(builder).build();
}

}  // namespace

std::optional<EntityId> toEntityId(const Value& value, ActionBudget* budget) {
  if (!spend(budget)) return std::nullopt;
  if (value.isString() && make(budget, value.string().size()))
    return EntityId{value, Key(value.string())};
  if (value.isNumber()) return EntityId{value, keyOf(value.number())};
  return std::nullopt;
}

IdMatch::IdMatch(const Key& key) : key_(key) {
  const double number = textToNumber(key.text());
  if (!std::isnan(number) && keyOf(number) == key) number_ = number;
}

bool IdMatch::operator()(const Value& id) const {
  return id.isString() ? id.string() == key_.text() : id.isNumber() && number_ == id.number();
}

Result<Entities> readEntities(const Value& value, bool many, const Key& selectId,
                              ActionBudget* budget) {
  if (!many) return readOne(value, selectId, readEntity, budget);
  if (!value.isContainer()) return refused("entities come in an array or a record");
  return readEach(value.isArray() ? value.items() : valuesOf(value), selectId, readEntity, budget);
}

Result<Entities> readUpdates(const Value& value, bool many, ActionBudget* budget) {
  static const Key kId("id");
  if (!many) return readOne(value, kId, readUpdate, budget);
  if (!value.isArray()) return refused("updates come in an array");
  return readEach(value.items(), kId, readUpdate, budget);
}

Result<EntityIds> readIds(const Value& value, bool many, ActionBudget* budget) {
  if (!many) return readOne(value, {}, readId, budget);
  if (!value.isArray()) return refused("ids come in an array");
  return readEach(value.items(), {}, readId, budget);
}

Entities asRecord(const Entities& entities) {
  if (entities.size() < 2) return entities;
  ObjectBuilder record;
  KeyIndex latest;
  std::uint32_t position = 0;
  for (const auto& [id, value] : entities) {
    record.set(id.key, value);
    latest.set(id.key, position++);
  }
  const Value ordered = std::move(record).build();
  Entities kept;
  kept.reserve(ordered.members().size());
  for (const auto& member : ordered.members()) kept.push_back(entities[*latest.find(member.key)]);
  return kept;
}

Entities joinUpdates(Entities updates, ActionBudget* budget) {
  KeyIndex latest;
  std::uint32_t position = 0;
  for (auto& [id, changes] : updates) {
    if (const auto earlier = latest.find(id.key))
      changes = merged(updates[*earlier].value, changes, budget);
    latest.set(id.key, position++);
  }
  return asRecord(updates);
}

}  // namespace isthmus
