// How an EntityTable brings `ids` in line with its entities.

#include "base/stable_order.h"
#include "reducer/entity/entity_table.h"

namespace isthmus {

Status EntityTable::arrange() {
  auto moved = std::exchange(moved_, {});
  const auto renamed = std::exchange(renamed_, {});
  if (!renamed.empty() && !isSorted()) return putInPlace(renamed);
  if (!renamed.empty() || moved.size() > 1) return sort();
  return moved.empty() ? Status(Done{}) : move(moved.front());
}

// Where a stable sort would leave it: before its ties when it comes from the front. One that stays
// where it is keeps the node of `ids`.
Status EntityTable::move(const Moved& moved) {
  const Value entity = *find(moved.key);
  const auto position = positionOf(moved);
  if (!position) return sort();
  const Value before = *draft_.find(idsPath_);
  auto status = eraseId(*position);
  if (!status) return status;
  const bool isFromBehind = compare(entity, moved.before) < 0;
  const auto place = boundOf(entity, isFromBehind, nullptr);
  return place == *position ? draft_.put(idsPath_, before)
                            : insertId(place, before.items()[*position]);
}

// The entity at a place of `ids`, that of `moved` as it was; null when there is none.
Value EntityTable::entityAt(std::uint32_t position, const Moved* moved) const {
  const auto id = toEntityId(ids()[position]);
  if (!id) return {};
  if (moved != nullptr && moved->key == id->key) return moved->before;
  const Value* const entity = find(id->key);
  return entity == nullptr ? Value() : *entity;
}

std::uint32_t EntityTable::boundOf(const Value& entity, bool behindTies, const Moved* moved) const {
  std::uint32_t low = 0;
  auto high = static_cast<std::uint32_t>(ids().size());
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const int order = compare(entityAt(middle, moved), entity);
    if (order < 0 || (behindTies && order == 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Among its ties; or, where the state is not sorted, anywhere. Once an id was renamed, maybe onto
// another one, `ids` is out of order and its first place counts, as in Redux Toolkit.
std::optional<std::uint32_t> EntityTable::positionOf(const Moved& moved) const {
  const IdMatch matches(moved.key);
  const auto& all = ids();
  if (isSorted() && renamed_.empty()) {
    for (auto i = boundOf(moved.before, false, &moved); i < all.size(); ++i) {
      if (matches(all[i])) return i;
      if (!spend(budget()) || compare(entityAt(i, &moved), moved.before) != 0) break;
    }
  }
  std::uint32_t position = 0;
  for (const auto& id : all) {
    if (!spend(budget())) break;
    if (matches(id)) return position;
    ++position;
  }
  return std::nullopt;
}

// A renamed id stands where the one before stood; where another entity had it already, `ids` has it
// once. An id of an entity that another one was renamed onto goes with it.
Status EntityTable::putInPlace(const Vector<Renamed>& renamed) {
  KeyIndex next;
  for (std::uint32_t i = 0; i < renamed.size(); ++i) next.set(renamed[i].from, i);
  Rows rows;
  KeyIndex texts;
  KeyIndex numbers;
  for (const auto& value : ids()) {
    auto id = toEntityId(value, budget());
    const auto change = id ? next.find(id->key) : std::nullopt;
    if (change) id = renamed[*change].to;
    if (!id || find(id->key) == nullptr) continue;
    auto& seen = id->value.isString() ? texts : numbers;
    if (seen.find(id->key)) continue;
    seen.set(id->key, 0);
    rows.ids.push_back(id->value);
  }
  return setIds(std::move(rows));
}

Status EntityTable::sort() {
  Rows rows{isSorted()};
  KeyIndex seen;
  for (const auto& value : ids()) {
    const auto id = toEntityId(value, budget());
    const Value* const entity = id ? find(id->key) : nullptr;
    if (entity == nullptr || seen.find(id->key)) continue;
    seen.set(id->key, 0);
    rows.add(value, *entity);
  }
  return setIds(std::move(rows));
}

Status EntityTable::setIds(Rows rows) {
  if (!isSorted()) return draft_.set(idsPath_, Value(std::move(rows.ids)));
  const auto isBefore = [&](std::uint32_t a, std::uint32_t b) {
    return compare(rows.entities[a], rows.entities[b]) < 0;
  };
  Value::Items ids;
  ids.reserve(rows.ids.size());
  for (const auto at : stableOrder(rows.ids.size(), isBefore)) ids.push_back(rows.ids[at]);
  return draft_.set(idsPath_, Value(std::move(ids)));
}

}  // namespace isthmus
