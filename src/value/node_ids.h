#pragma once

#include <cstdint>
#include <optional>

#include "base/vector.h"
#include "value/value.h"

namespace isthmus {

// Names for array and object nodes that JavaScript has seen, small so that it can keep their views
// in an array. A node gets its id when it is first shown and keeps it until it dies. An id does not
// keep its node alive: the ids of nodes that died since the last call come back from
// `takeReleased`, so that JavaScript drops its views, and are free for other nodes from then on.
// Only a pin keeps a node alive, until it is unpinned.
class NodeIds {
 public:
  // The node's id, given now if it had none. `value` must be an array or object.
  static NodeId expose(const Value& value);
  static bool isExposed(const Value& value) { return idOf(value) != 0; }
  // 0 for a node that was never shown.
  static NodeId idOf(const Value& value) { return value.container().id; }

  // Where a node lies in the memory of a 32-bit engine, and the node that lies there, which is the
  // caller's to know.
  static std::uint32_t placeOf(const Value& value) {
    return static_cast<std::uint32_t>(value.bits_);
  }
  static Value at(std::uint32_t place);

  // Exposes the node and lets `find` know it.
  static NodeId enlist(const Value& value);
  // Exposes the node and keeps it, which lets `find` know it: once, however often it is called.
  static NodeId pin(const Value& value);
  // Nothing for an id that is not pinned.
  static void unpin(NodeId id);

  // The value of a live node that was enlisted or pinned; nothing for any other id.
  static std::optional<Value> find(NodeId id);

  static Vector<NodeId> takeReleased();

 private:
  friend class Value;
  static void release(NodeId id);
  static Value held(std::uint64_t bits);
};

}  // namespace isthmus
