#pragma once

#include <algorithm>
#include <string>

#include "value/path.h"

namespace isthmus {

// Whether that token of a path is '*', which stands for every element of an array and every member
// of an object, one of that very name included.
inline bool isEvery(const Key& token) {
  static const auto* const kEvery = new Key("*");
  return token == *kEvery;
}

// Calls visit(child, key) for what a token of a path names in a value, until it returns true.
template <typename Visit>
bool anyChild(const Value& value, const Key& token, const Visit& visit) {
  if (!isEvery(token)) {
    const Value* const child = value.find(token);
    return child != nullptr && visit(*child, token);
  }
  if (value.isObject()) {
    return std::any_of(
        value.members().begin(), value.members().end(),
        [&](const Value::Member& member) { return visit(member.value, member.key); });
  }
  if (!value.isArray()) return false;
  std::size_t index = 0;
  for (const auto& item : value.items()) {
    if (visit(item, Key(std::to_string(index++)))) return true;
  }
  return false;
}

}  // namespace isthmus
