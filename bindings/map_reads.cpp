// The raw exports behind map views: large objects that JavaScript reads by key. A view holds a pin
// on its node (value/node_ids.h), which `isthmus_unpin` gives back.
//
// Keys come in a buffer of their own: a view may be read while an argument that holds it is being
// written into the input buffer.

#include <emscripten/emscripten.h>

#include "buffers.h"
#include "engine.h"
#include "value/node_ids.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

Bytes& keyBuffer() {
  static Bytes buffer(256);
  return buffer;
}

std::optional<Value> findNode(NodeId id) { return NodeIds::find(id); }

Outcome unknownNode() { return failUnknown("view's node"); }

}  // namespace

extern "C" {

// The key buffer, at least `size` bytes long; only this call moves it.
EMSCRIPTEN_KEEPALIVE std::uint8_t* isthmus_keyBuffer(std::uint32_t size) {
  if (keyBuffer().size() < size) keyBuffer().resize(size);
  return keyBuffer().data();
}

// Answers 1 and the shown member whose key stands in the key buffer, or 0 when there is none.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_member(NodeId id, std::uint32_t length) {
  const auto node = findNode(id);
  if (!node) return unknownNode();
  const std::string_view key(reinterpret_cast<const char*>(keyBuffer().data()), length);
  const Value* const member = node->find(Key(key));
  if (member == nullptr) return 0;
  Encoder(answer()).show(*member);
  return 1;
}

// Answers with all members (Encoder::showMembers).
EMSCRIPTEN_KEEPALIVE Outcome isthmus_members(NodeId id) {
  const auto node = findNode(id);
  if (!node) return unknownNode();
  Encoder(answer()).showMembers(*node);
  return 1;
}

// What dies with the pin is told by the next change.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_unpin(NodeId id) {
  NodeIds::unpin(id);
  return 0;
}
}
