#include "value/node_ids.h"

#include <unordered_map>

namespace isthmus {
namespace {

struct Exposed {
  Kind kind;
  Value::Node* node;
};

struct Registry {
  std::uint64_t last = 0;
  std::unordered_map<std::uint64_t, Exposed> live;
  std::vector<std::uint64_t> released;
};

// One per process, as are the nodes' counts; never destroyed, since nodes may outlive statics.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

}  // namespace

std::uint64_t NodeIds::expose(const Value& value) {
  auto& id = value.node_->id;
  if (id == 0) {
    id = ++registry().last;
    registry().live.emplace(id, Exposed{value.kind_, value.node_});
  }
  return id;
}

std::optional<Value> NodeIds::find(std::uint64_t id) {
  const auto found = registry().live.find(id);
  if (found == registry().live.end()) return std::nullopt;
  ++found->second.node->refs;
  return Value(found->second.kind, found->second.node);
}

std::vector<std::uint64_t> NodeIds::takeReleased() {
  return std::exchange(registry().released, {});
}

void NodeIds::release(std::uint64_t id) {
  registry().live.erase(id);
  registry().released.push_back(id);
}

}  // namespace isthmus
