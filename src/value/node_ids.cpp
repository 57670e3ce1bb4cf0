#include "value/node_ids.h"

#include <utility>

namespace isthmus {
namespace {

// How a node is found by its id: above the bits of a value that holds it.
constexpr std::uint64_t kEnlisted = std::uint64_t{1} << 62;
constexpr std::uint64_t kPinned = std::uint64_t{1} << 63;

struct Registry {
  NodeId last = 0;
  Vector<NodeId> free;
  Vector<NodeId> released;
  Vector<std::uint64_t> known;  // by id, up to the last that is to be found; others are 0

  NodeId next() {
    if (free.empty()) return ++last;
    const NodeId id = free.back();
    free.pop_back();
    return id;
  }
  std::uint64_t& knownAt(NodeId id) {
    if (id >= known.size()) known.resize(id + std::size_t{1} + id / 2);
    return known[id];
  }
  std::uint64_t find(NodeId id) const { return id < known.size() ? known[id] : 0; }
};

// One per process, as are the nodes' counts; never destroyed, since nodes may outlive statics.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

}  // namespace

NodeId NodeIds::expose(const Value& value) {
  auto& id = value.container().id;
  if (id == 0) id = registry().next();
  return id;
}

NodeId NodeIds::enlist(const Value& value) {
  const auto id = expose(value);
  registry().knownAt(id) |= value.bits_ | kEnlisted;
  return id;
}

NodeId NodeIds::pin(const Value& value) {
  const auto id = expose(value);
  auto& known = registry().knownAt(id);
  if ((known & kPinned) == 0) Value::hold(value.bits_);
  known |= value.bits_ | kPinned;
  return id;
}

// The node may die with its pin and release ids, so the pin leaves the table first.
void NodeIds::unpin(NodeId id) {
  const auto known = registry().find(id);
  if ((known & kPinned) == 0) return;
  registry().known[id] = (known & kEnlisted) == 0 ? 0 : known & ~kPinned;
  Value::release(known & ~(kEnlisted | kPinned));
}

std::optional<Value> NodeIds::find(NodeId id) {
  const auto known = registry().find(id);
  if (known == 0) return std::nullopt;
  return held(known & ~(kEnlisted | kPinned));
}

Value NodeIds::at(std::uint32_t place) { return held(place); }

Value NodeIds::held(std::uint64_t bits) {
  Value value;
  value.bits_ = bits;
  Value::hold(bits);
  return value;
}

Vector<NodeId> NodeIds::takeReleased() {
  auto& [last, free, released, known] = registry();
  free.insert(free.end(), released.begin(), released.end());
  return std::exchange(released, {});
}

void NodeIds::release(NodeId id) {
  if (registry().find(id) != 0) registry().known[id] = 0;
  registry().released.push_back(id);
}

}  // namespace isthmus
