#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace isthmus {

// Whether an action type is an event of the slice: "<key>/<event>".
inline bool isBelow(std::string_view key, std::string_view type) {
  return type.size() > key.size() && type[key.size()] == '/' && type.starts_with(key);
}

inline bool includes(const std::vector<std::string>& types, std::string_view type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace isthmus
