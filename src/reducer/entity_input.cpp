#include "reducer/entity_input.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "reducer/number_text.h"
#include "reducer/number_to_text.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr double kIndexEnd = 4294967295.0;

Key keyOf(double number) {
  const bool isIndex = number >= 0 && number < kIndexEnd && number == std::trunc(number);
  return isIndex ? Key::fromIndex(static_cast<std::uint32_t>(number)) : Key(numberToText(number));
}

Error refused(std::string message) { return {ErrorCode::StepFailed, std::move(message)}; }

Result<Entity> readEntity(const Value& value, const Key& selectId) {
  if (!value.isObject()) return refused("an entity must be an object");
  const Value* const own = value.find(selectId);
  auto id = own == nullptr ? std::nullopt : toEntityId(*own);
  if (!id) return refused("an entity needs a string or a number as its '" + selectId.text() + "'");
  return Entity{std::move(*id), value};
}

Result<EntityUpdate> readUpdate(const Value& value) {
  static const Key kId("id");
  static const Key kChanges("changes");
  const Value* const own = value.find(kId);
  const Value* const changes = value.find(kChanges);
  auto id = own == nullptr ? std::nullopt : toEntityId(*own);
  if (!value.isObject() || !id || changes == nullptr || !changes->isObject()) {
    return refused("an update is { id, changes }, the changes being an object");
  }
  return EntityUpdate{std::move(*id), *changes};
}

Result<EntityId> readId(const Value& value) {
  auto id = toEntityId(value);
  return id ? Result<EntityId>(std::move(*id)) : refused("an id is a string or a number");
}

// Reads each of a list of things, and says which one is refused.
template <typename T, typename List, typename Read>
Result<std::vector<T>> readEach(const List& list, const Read& read) {
  std::vector<T> things;
  things.reserve(list.size());
  for (const auto& value : list) {
    auto thing = read(value);
    if (!thing) {
      thing.error().message += " (number " + std::to_string(things.size()) + " is not)";
      return std::move(thing.error());
    }
    things.push_back(std::move(thing).value());
  }
  return things;
}

template <typename T, typename Read>
Result<std::vector<T>> readOne(const Value& value, const Read& read) {
  auto thing = read(value);
  if (!thing) return std::move(thing.error());
  std::vector<T> things;
  things.push_back(std::move(thing).value());
  return things;
}

template <typename T, typename Join>
std::vector<T> record(std::vector<T> things, const Join& join) {
  if (things.size() < 2) return things;
  std::unordered_map<Key, std::size_t, KeyHash> places;
  std::vector<T> kept;
  for (auto& thing : things) {
    const auto [place, isNew] = places.emplace(thing.id.key, kept.size());
    if (isNew) {
      kept.push_back(std::move(thing));
    } else {
      join(kept[place->second], std::move(thing));
    }
  }
  std::stable_sort(kept.begin(), kept.end(), [](const T& a, const T& b) {
    return MemberList<Value>::rank(a.id.key) < MemberList<Value>::rank(b.id.key);
  });
  return kept;
}

}  // namespace

std::optional<EntityId> toEntityId(const Value& value) {
  if (value.isString()) return EntityId{value, Key(value.string())};
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

Result<std::vector<Entity>> readEntities(const Value& value, bool many, const Key& selectId) {
  const auto read = [&](const Value& one) { return readEntity(one, selectId); };
  if (!many) return readOne<Entity>(value, read);
  if (value.isArray()) return readEach<Entity>(value.items(), read);
  if (!value.isObject()) return refused("entities come in an array or a record");
  return readEach<Entity>(value.members(), [&](const auto& member) { return read(member.value); });
}

Result<std::vector<EntityUpdate>> readUpdates(const Value& value, bool many) {
  if (!many) return readOne<EntityUpdate>(value, readUpdate);
  if (!value.isArray()) return refused("updates come in an array");
  return readEach<EntityUpdate>(value.items(), readUpdate);
}

Result<std::vector<EntityId>> readIds(const Value& value, bool many) {
  if (!many) return readOne<EntityId>(value, readId);
  if (!value.isArray()) return refused("ids come in an array");
  return readEach<EntityId>(value.items(), readId);
}

std::vector<Entity> asRecord(std::vector<Entity> entities) {
  return record(std::move(entities), [](Entity& kept, Entity later) { kept = std::move(later); });
}

std::vector<EntityUpdate> asRecord(std::vector<EntityUpdate> updates) {
  return record(std::move(updates), [](EntityUpdate& kept, EntityUpdate later) {
    ObjectBuilder changes;
    for (const auto& [key, value] : kept.changes.members()) changes.set(key, value);
    for (const auto& [key, value] : later.changes.members()) changes.set(key, value);
    kept = {std::move(later.id), std::move(changes).build()};
  });
}

}  // namespace isthmus
