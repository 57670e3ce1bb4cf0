#pragma once

#include <cstdint>
#include <optional>

#include "base/vector.h"
#include "value/key.h"
#include "value/shared.h"

namespace isthmus {

// A persistent map from keys to positions: a compressed hash trie (CHAMP: Steindorff and Vinju,
// "Optimizing Hash-Array Mapped Tries", OOPSLA 2015). A change copies one node per level, or none
// where only this map holds them:
//
//   Node { entryMap, childMap   entries: key→position ...   children: ● ... }
//
// Each of the 32 slots of a node, five bits of the hash, is empty, an entry or a child. Hashes
// differ for different keys, so no node needs a list of collisions. Keys are not counted: whoever
// holds the members keeps them alive. A map for keys of any kind would do both.
class KeyIndex {
 public:
  bool empty() const { return !root_; }
  std::optional<std::uint32_t> find(const Key& key) const;
  void set(const Key& key, std::uint32_t position);
  void erase(const Key& key);

 private:
  using Hash = std::uintptr_t;
  struct Entry {
    Hash hash;  // stands for the key
    std::uint32_t position;
  };
  struct Node : RefCounted {
    std::uint32_t entryMap = 0;
    std::uint32_t childMap = 0;
    Vector<Entry> entries;
    Vector<Shared<Node>> children;
  };

  static Node& own(Shared<Node>& node);
  static void setIn(Shared<Node>& at, const Entry& entry, unsigned shift);
  static void eraseIn(Shared<Node>& at, Hash hash, unsigned shift);

  Shared<Node> root_;
};

}  // namespace isthmus
