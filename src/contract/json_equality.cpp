#include "contract/json_equality.h"

#include <algorithm>

namespace isthmus {
namespace {

// Keys do not repeat, so equal sizes and every member of one found in the other mean the same set.
bool sameMembers(const Value& a, const Value& b) {
  const auto isInB = [&](const Value::Member& member) {
    const Value* const other = b.find(member.key);
    return other != nullptr && sameJson(member.value, *other);
  };
  return a.members().size() == b.members().size() &&
         std::all_of(a.members().begin(), a.members().end(), isInB);
}

}  // namespace

bool sameJson(const Value& a, const Value& b) {
  if (a.identical(b)) return true;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::Number:
      return a.number() == b.number();
    case Kind::String:
      return a.string() == b.string();
    case Kind::Array:
      return std::equal(a.items().begin(), a.items().end(), b.items().begin(), b.items().end(),
                        sameJson);
    case Kind::Object:
      return sameMembers(a, b);
    default:
      return false;
  }
}

}  // namespace isthmus
