#include "reducer/indexed_arrays.h"

#include <algorithm>

namespace isthmus {
namespace {

Error invalid(std::string message, std::string where = {}) {
  return {ErrorCode::InvalidDefinition, std::move(message), std::move(where)};
}

}  // namespace

Result<IndexedArrays> IndexedArrays::compile(const Value& definition) {
  if (!definition.isObject()) {
    return invalid("an index is an object such as { \"/items\": [\"sku\"] }");
  }
  IndexedArrays indexed;
  for (const auto& [pointer, members] : definition.members()) {
    const auto array = parsePointer(pointer.text());
    auto status = array ? indexed.add(array.value(), members) : invalid(array.error().message);
    if (status) continue;
    status.error().where = toPointer({pointer}) + status.error().where;
    return std::move(status.error());
  }
  return indexed;
}

Status IndexedArrays::add(const Path& array, const Value& members) {
  if (!members.isArray()) return invalid("the members to index are a list of names");
  std::size_t position = 0;
  for (const auto& member : members.items()) {
    if (!member.isString()) {
      return invalid("a member to index is named by a string", "/" + std::to_string(position));
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
