#include "value/key.h"

#include <functional>
#include <unordered_set>

namespace isthmus {

struct Key::Table {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
    std::size_t operator()(const Entry* entry) const { return (*this)(entry->text); }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const Entry* a, const Entry* b) const { return a->text == b->text; }
    bool operator()(std::string_view a, const Entry* b) const { return a == b->text; }
    bool operator()(const Entry* a, std::string_view b) const { return a->text == b; }
  };
  std::unordered_set<Entry*, Hash, Equal> entries;
};

// Never destroyed, so that keys held by other statics stay valid while the process ends.
Key::Table& Key::table() {
  static auto* const table = new Table;
  return *table;
}

Key::Key(std::string_view text) {
  auto& entries = table().entries;
  if (auto found = entries.find(text); found != entries.end()) {
    entry_ = *found;
    ++entry_->refs;
    return;
  }
  entry_ = new Entry{1, parseArrayIndex(text).value_or(kNoIndex), std::string(text)};
  entries.insert(entry_);
}

Key Key::fromIndex(std::uint32_t index) { return Key(std::to_string(index)); }

void Key::drop(Entry* entry) {
  table().entries.erase(entry);
  delete entry;
}

std::optional<std::uint32_t> parseArrayIndex(std::string_view text) {
  if (text.empty() || text.size() > 10 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  std::uint64_t index = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (index >= 0xFFFF'FFFF) return std::nullopt;
  return static_cast<std::uint32_t>(index);
}

}  // namespace isthmus
