#include "reducer/entity/entity_table.h"

#include "script/conversion.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr std::size_t kFew = 32;  // one in so many is inserted where it belongs; more are sorted

HeapError failed(std::string_view message, const Path& path) {
  return toHeap({ErrorCode::StepFailed, message, toPointer(path)});
}

Path join(Path path, Key key) {
  path.push_back(std::move(key));
  return path;
}

}  // namespace

EntityTable::EntityTable(Draft& draft, const Path& path, const Key& selectId,
                         const EntityOrder& order)
    : draft_(draft),
      path_(path),
      idsPath_(join(path, Key("ids"))),
      entitiesPath_(join(path, Key("entities"))),
      selectId_(selectId),
      order_(order) {}

Status EntityTable::check() const {
  const Value* const ids = draft_.find(idsPath_);
  const Value* const entities = draft_.find(entitiesPath_);
  if (ids == nullptr || !ids->isArray() || entities == nullptr || !entities->isObject()) {
    return failed("there are no entities here: { ids: [], entities: {} }", path_);
  }
  return Done{};
}

const Value* EntityTable::find(const Key& key) const {
  return draft_.find(entitiesPath_)->find(key);
}

Path EntityTable::pathOf(const Key& key) const { return join(entitiesPath_, key); }

std::optional<EntityId> EntityTable::ownId(const Value& entity) const {
  const Value* const own = idOf(entity);
  return own == nullptr ? std::nullopt : toEntityId(*own);
}

Value EntityTable::reconciled(const Value& before, const Value& entity) const {
  return budget() == nullptr ? reconcile(before, entity)
                             : reconcile(before, entity, budget()->steps());
}

Status EntityTable::replaceAll(const Entities& entities) {
  ObjectBuilder builder;
  builder.reserve(entities.size());
  for (const auto& entity : entities) builder.set(entity.id.key, entity.value);
  const Value record = std::move(builder).build();
  const bool isRepeating = record.members().size() != entities.size();
  KeyIndex seen;
  Rows rows{isSorted()};
  rows.ids.reserve(entities.size());
  for (const auto& [id, value] : entities) {
    if (isRepeating && seen.find(id.key)) continue;
    if (isRepeating) seen.set(id.key, 0);
    rows.add(id.value, value);
  }
  if (auto status = draft_.set(entitiesPath_, record); !status) return status;
  return setIds(std::move(rows));
}

Status EntityTable::add(const Entities& entities) {
  if (ids().empty() && draft_.find(entitiesPath_)->members().empty()) return replaceAll(entities);
  const bool isBulk = isSorted() && entities.size() > 1 + ids().size() / kFew;
  for (const auto& [id, value] : entities) {
    const bool isAtEnd = !isSorted() || isBulk;
    auto status = isAtEnd ? draft_.push(idsPath_, id.value)
                          : insertId(boundOf(value, true, nullptr), id.value);
    if (status) status = draft_.put(pathOf(id.key), value);
    if (!status) return status;
  }
  return isBulk ? sort() : Status(Done{});
}

Status EntityTable::replace(const Entity& entity) {
  return draft_.set(pathOf(entity.id.key), entity.value);
}

Status EntityTable::remove(const EntityIds& ids) {
  KeyIndex removed;
  bool isChanged = false;
  for (const auto& id : ids) {
    const Value* const entity = find(id.key);
    if (entity == nullptr) continue;
    const auto position = ids.size() == 1 ? positionOf({id.key, *entity}) : std::nullopt;
    auto status = draft_.remove(pathOf(id.key));
    if (status && position) status = eraseId(*position);
    if (!status) return status;
    removed.set(id.key, 0);
    isChanged = true;
  }
  if (!isChanged || ids.size() == 1) return Done{};
  Value::Items kept;
  for (const auto& value : this->ids()) {
    const auto id = toEntityId(value, budget());
    if (!id || !removed.find(id->key)) kept.push_back(value);
  }
  return draft_.put(idsPath_, Value(std::move(kept)));
}

Status EntityTable::merge(const Key& key, const Value& changes) {
  const Value* const entity = find(key);
  if (!entity->isObject()) return failed("this entity is not an object", pathOf(key));
  if (!changes.isObject()) return failed("the changes of an entity must be an object", pathOf(key));
  Draft merged(*entity, budget());
  for (const auto& [name, value] : changes.members()) {
    if (!spend(budget())) break;
    auto status = merged.set({name}, value);
    if (!status) return status;
  }
  Value next = std::move(merged).take();
  return next.identical(*entity) ? Status(Done{}) : draft_.put(pathOf(key), std::move(next));
}

Status EntityTable::changed(const EntityId& id, Value before) {
  const Value* const entity = find(id.key);
  const auto next = entity == nullptr ? std::nullopt : ownId(*entity);
  if (!next) {
    return failed("an entity needs a string or a number as its '" + selectId_.text() + "'",
                  pathOf(id.key));
  }
  if (!strictlyEqual(next->value, id.value)) return rename(id, *next);
  const bool isMoved = isSorted() && compare(before, *entity) != 0;
  if (isMoved) moved_.push_back({id.key, std::move(before)});
  return Done{};
}

Status EntityTable::rename(const EntityId& id, const EntityId& next) {
  const Value entity = *find(id.key);
  renamed_.push_back({id.key, next});
  const auto position = isSorted() ? positionOf({id.key, entity}) : std::nullopt;
  auto status = draft_.remove(pathOf(id.key));
  if (status) status = draft_.set(pathOf(next.key), entity);
  if (!status || !position) return status;
  return draft_.set(join(idsPath_, Key::fromIndex(*position)), next.value);
}

Status EntityTable::eraseId(std::uint32_t position) {
  return draft_.remove(join(idsPath_, Key::fromIndex(position)));
}

Status EntityTable::insertId(std::uint32_t position, const Value& id) {
  return draft_.insert(join(idsPath_, Key::fromIndex(position)), id);
}

}  // namespace isthmus
