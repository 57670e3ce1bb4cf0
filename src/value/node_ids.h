#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "value/value.h"

namespace isthmus {

// Names for array and object nodes that JavaScript has seen. A node gets its id when it is first
// shown and keeps it until it dies; ids are never used again. An id does not keep its node alive:
// the ids of nodes that died since the last call come back from `takeReleased`, so that JavaScript
// drops its views.
class NodeIds {
 public:
  // The node's id, given now if it had none. `value` must be an array or object.
  static std::uint64_t expose(const Value& value);
  static bool isExposed(const Value& value) { return value.node_->id != 0; }

  // The value of a live node; nothing for an id that is unknown or whose node is gone.
  static std::optional<Value> find(std::uint64_t id);

  static std::vector<std::uint64_t> takeReleased();

 private:
  friend class Value;
  static void release(std::uint64_t id);
};

}  // namespace isthmus
