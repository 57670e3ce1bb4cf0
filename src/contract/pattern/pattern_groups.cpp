#include "contract/pattern/pattern_groups.h"

#include <algorithm>

namespace isthmus {

bool PatternGroups::name(std::u32string name) {
  if (has(name)) return false;
  names_.push_back(std::move(name));
  return true;
}

std::optional<std::size_t> PatternGroups::dangling() const {
  for (const auto& [number, at] : numbered_) {
    if (number > count_) return at;
  }
  for (const auto& [name, at] : named_) {
    if (!has(name)) return at;
  }
  return std::nullopt;
}

bool PatternGroups::has(const std::u32string& name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

}  // namespace isthmus
