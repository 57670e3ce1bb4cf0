#include "value/shapes.h"

#include <algorithm>
#include <array>

namespace isthmus {
namespace {

using Keys = Vector<Key>;

// Never destroyed, as its keys may not outlive their own table.
std::array<Keys, Shapes::kPlaces>& places() {
  static auto* const instance = new std::array<Keys, Shapes::kPlaces>;
  return *instance;
}

std::uint32_t placeOf(const MemberList<Value>& members) {
  std::uintptr_t hash = members.size();
  for (const auto& member : members) hash = hash * 31 + member.key.hash();
  return static_cast<std::uint32_t>(hash % Shapes::kPlaces);
}

}  // namespace

Shapes::Told Shapes::tell(const MemberList<Value>& members) {
  const auto place = placeOf(members);
  Keys& keys = places()[place];
  const bool isKnown =
      !members.empty() && keys.size() == members.size() &&
      std::equal(keys.begin(), keys.end(), members.begin(),
                 [](const Key& key, const auto& member) { return key == member.key; });
  if (!isKnown) {
    keys.clear();
    for (const auto& member : members) keys.push_back(member.key);
  }
  return {place, isKnown};
}

}  // namespace isthmus
