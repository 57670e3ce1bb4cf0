#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/compiler.h"
#include "base/vector.h"

namespace isthmus {

// An interned object key or path token: equal text, same node, so keys compare by address.
//
//   Key ──► Entry { refs, index, text }  ◄── table: text → Entry*
//
// The last Key of a text removes its entry. The table is one per process; the engine runs on one
// thread.
class ISTHMUS_TRIVIAL_ABI Key {
 public:
  // No key: equal only to another one, without text or index.
  Key() = default;
  explicit Key(std::string_view text);
  static Key fromIndex(std::uint32_t index);

  Key(const Key& other) : entry_(other.entry_) {
    if (entry_ != nullptr) ++entry_->refs;
  }
  Key(Key&& other) noexcept : entry_(other.entry_) { other.entry_ = nullptr; }
  Key& operator=(const Key& other) {
    Key copy(other);
    std::swap(entry_, copy.entry_);
    return *this;
  }
  Key& operator=(Key&& other) noexcept {
    std::swap(entry_, other.entry_);
    return *this;
  }
  ~Key() { release(entry_); }

  explicit operator bool() const { return entry_ != nullptr; }
  const std::string& text() const { return entry_->text; }
  // The array index this key spells ("0", "17", not "01"), as JavaScript orders integer-like keys.
  std::optional<std::uint32_t> index() const {
    return entry_->index == kNoIndex ? std::nullopt : std::optional(entry_->index);
  }

  friend bool operator==(const Key& a, const Key& b) { return a.entry_ == b.entry_; }
  // A bijection of the address, so no two keys share a hash; its low bits are well mixed.
  std::uintptr_t hash() const {
    auto bits = reinterpret_cast<std::uintptr_t>(entry_);
    bits *= static_cast<std::uintptr_t>(0x9E37'79B9'7F4A'7C15U);
    return bits ^ (bits >> (sizeof bits * 4U));
  }

 private:
  static constexpr std::uint32_t kNoIndex = 0xFFFF'FFFF;

  struct Entry {
    std::uint32_t refs;
    std::uint32_t index;
    std::string text;
    std::size_t hash;
    Entry* next;  // in its bucket
  };
  class Table;
  static Table& table();
  static void release(Entry* entry) {
    if (entry != nullptr && --entry->refs == 0) drop(entry);
  }
  static void drop(Entry* entry);

  Entry* entry_ = nullptr;
};

struct KeyHash {
  std::size_t operator()(const Key& key) const { return key.hash(); }
};

// The index that `text` spells in JavaScript's canonical form, 0 to 2^32 - 2.
std::optional<std::uint32_t> parseArrayIndex(std::string_view text);

}  // namespace isthmus
