#include "value/key.h"

#include <functional>
#include <utility>

#include "base/same_text.h"

namespace isthmus {

// Chains of entries, which themselves are the links: a set of pointers would double their memory.
class Key::Table {
 public:
  Entry* find(std::string_view text, std::size_t hash) const {
    Entry* entry = bucket(hash);
    while (entry != nullptr && (entry->hash != hash || !sameText(entry->text, text)))
      entry = entry->next;
    return entry;
  }
  void insert(Entry* entry) {
    if (size_++ == buckets_.size()) grow();
    link(entry);
  }
  void erase(Entry* entry) {
    Entry** link = &bucket(entry->hash);
    while (*link != entry) link = &(*link)->next;
    *link = entry->next;
    --size_;
  }

 private:
  Entry*& bucket(std::size_t hash) { return buckets_[hash & (buckets_.size() - 1)]; }
  Entry* bucket(std::size_t hash) const { return buckets_[hash & (buckets_.size() - 1)]; }
  void link(Entry* entry) { entry->next = std::exchange(bucket(entry->hash), entry); }
  void grow() {
    const auto before = std::exchange(buckets_, Vector<Entry*>(buckets_.size() * 2));
    for (Entry* entry : before) {
      while (entry != nullptr) link(std::exchange(entry, entry->next));
    }
  }

  Vector<Entry*> buckets_ = Vector<Entry*>(256);  // always a power of two
  std::size_t size_ = 0;
};

// Never destroyed, so that keys held by other statics stay valid while the process ends.
Key::Table& Key::table() {
  static auto* const table = new Table;
  return *table;
}

namespace {

// FNV-1a.
std::size_t hashOf(std::string_view text) {
  std::uint32_t hash = 0x811C'9DC5;
  for (const char byte : text) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 0x0100'0193;
  return hash;
}

}  // namespace

Key::Key(std::string_view text) {
  const auto hash = hashOf(text);
  entry_ = table().find(text, hash);
  if (entry_ != nullptr) {
    ++entry_->refs;
    return;
  }
  const auto index = parseArrayIndex(text).value_or(kNoIndex);
  entry_ = new Entry{1, index, std::string(text), hash, nullptr};
  table().insert(entry_);
}

// The small ones are made once: nearly every index is, again and again.
Key Key::fromIndex(std::uint32_t index) {
  constexpr std::uint32_t kSmall = 1024;
  static auto* const small = new Vector<Key>(kSmall);
  if (index >= kSmall) return Key(std::to_string(index));
  Key& key = (*small)[index];
  if (!key) key = Key(std::to_string(index));
  return key;
}

void Key::drop(Entry* entry) {
  table().erase(entry);
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
