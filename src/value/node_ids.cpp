#include "value/node_ids.h"

#include <unordered_map>

namespace isthmus {
namespace {

struct Registry {
  NodeId last = 0;
  std::vector<NodeId> free;
  std::vector<NodeId> released;
  std::unordered_map<NodeId, std::uint64_t> enlisted;  // → the value's bits
  std::unordered_map<NodeId, Value> pinned;

  NodeId next() {
    if (free.empty()) return ++last;
    const NodeId id = free.back();
    free.pop_back();
    return id;
  }
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
  registry().enlisted.try_emplace(id, value.bits_);
  return id;
}

NodeId NodeIds::pin(const Value& value) {
  const auto id = expose(value);
  registry().pinned.try_emplace(id, value);
  return id;
}

// The node may die with its pin and release ids, so the pin leaves the table first.
void NodeIds::unpin(NodeId id) { const auto last = registry().pinned.extract(id); }

std::optional<Value> NodeIds::find(NodeId id) {
  const auto pinned = registry().pinned.find(id);
  if (pinned != registry().pinned.end()) return pinned->second;
  const auto enlisted = registry().enlisted.find(id);
  if (enlisted == registry().enlisted.end()) return std::nullopt;
  return held(enlisted->second);
}

Value NodeIds::at(std::uint32_t place) { return held(place); }

Value NodeIds::held(std::uint64_t bits) {
  Value value;
  value.bits_ = bits;
  ++value.node()->refs;
  return value;
}

std::vector<NodeId> NodeIds::takeReleased() {
  auto& [last, free, released, enlisted, pinned] = registry();
  free.insert(free.end(), released.begin(), released.end());
  return std::exchange(released, {});
}

void NodeIds::release(NodeId id) {
  registry().enlisted.erase(id);
  registry().released.push_back(id);
}

}  // namespace isthmus
