#include "reducer/step/indexed_arrays.h"

#include <algorithm>

namespace isthmus {
Result<IndexedArrays> IndexedArrays::compile(const Value& definition) {
  if (!definition.isObject()) {
    return invalidDefinition("an index is an object such as { \"/items\": [\"sku\"] }");
  }
  IndexedArrays indexed;
  for (const auto& [pointer, members] : definition.members()) {
    const auto array = parsePointer(pointer.text());
    auto status = array ? indexed.add(array.value(), members)
                        : Status(invalidDefinition(array.error().message));
    if (status) continue;
    return below(pointer, status.pass());
  }
  return indexed;
}

Status IndexedArrays::add(const Path& array, const Value& members) {
  if (!members.isArray()) return invalidDefinition("the members to index are a list of names");
  std::size_t position = 0;
  for (const auto& member : members.items()) {
    if (!member.isString()) {
      return invalidDefinition("a member to index is named by a string",
                               "/" + std::to_string(position));
    }
    entries_.push_back({array, Key(member.string())});
    ++position;
  }
  return Done{};
}

bool IndexedArrays::covers(const Path& array, const Key& member) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.member == member && entry.array == array;
  });
}

}  // namespace isthmus
