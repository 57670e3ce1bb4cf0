#pragma once

#include <cstdint>
#include <memory>

#include "value/path.h"

namespace isthmus {

// Who wants to know when the value at a path changes: a trie with one level per path token, so that
// a comparison of two roots visits only the watched parts of what differs.
//
//   root ─ "cart" ─ "items"  [7, 9]
//                └─ "status" [4]
//
// A watch also fires when something below its path changes, when the value appears and when it
// goes.
class Watchers {
 public:
  using Id = std::uint32_t;  // given by whoever watches, small, to one watch at a time
  // A watch and the value it sees now: nullptr when there is none, or for the empty path.
  struct Affected {
    Id id;
    const Value* value;
  };

  void add(Id id, const Path& path);
  // Whether there was such a watch.
  bool remove(Id id);
  std::size_t size() const { return size_; }

  const Path* pathOf(Id id) const;

  // The watches below a first token whose value differs; those on the empty path come with any
  // change.
  Vector<Affected> affected(const Key& first, const Value* before, const Value* after) const;
  void collectAffected(const Key& first, const Value* before, const Value* after,
                       Vector<Affected>& affected) const;
  void collectRoot(Vector<Affected>& affected) const;

 private:
  struct Child;
  struct Node {
    Vector<Id> ids;
    Vector<Child> children;
    KeyIndex places;  // of the children

    Node* find(const Key& key) const;
    Node& childAt(const Key& key);
    void erase(const Key& key);
  };
  struct Child {
    Key key;
    std::unique_ptr<Node> node;
  };

  static void collect(const Node& node, const Value* before, const Value* after,
                      Vector<Affected>& affected);
  static void collectChild(const Node& node, const Key& key, const Value* before,
                           const Value* after, Vector<Affected>& affected);
  static void collectDifferences(const Node& node, const Value& before, const Value& after,
                                 Vector<Affected>& affected);

  Node root_;
  Vector<std::unique_ptr<const Path>> paths_;  // by id; none where there is no watch
  std::size_t size_ = 0;
};

}  // namespace isthmus
