#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "value/value.h"

namespace isthmus {

// Names for array and object nodes that JavaScript has seen. A node gets its id when it is first
// shown and keeps it until it dies; ids are never used again. An id does not keep its node alive:
// the ids of nodes that died since the last call come back from `takeReleased`, so that JavaScript
// drops its views. Only a pin keeps a node alive, until it is unpinned.
class NodeIds {
 public:
  // The node's id, given now if it had none. `value` must be an array or object.
  static std::uint64_t expose(const Value& value);
  static bool isExposed(const Value& value) { return value.container().id != 0; }

  // Exposes the node and lets `find` know it.
  static std::uint64_t enlist(const Value& value);
  // Exposes the node and keeps it, which lets `find` know it: once, however often it is called.
  static std::uint64_t pin(const Value& value);
  // Nothing for an id that is not pinned.
  static void unpin(std::uint64_t id);

  // The value of a live node that was enlisted or pinned; nothing for any other id.
  static std::optional<Value> find(std::uint64_t id);

  static std::vector<std::uint64_t> takeReleased();

 private:
  friend class Value;
  static void release(std::uint64_t id);
};

}  // namespace isthmus
