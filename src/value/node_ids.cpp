#include "value/node_ids.h"

#include <unordered_map>

namespace isthmus {
namespace {

struct Registry {
  std::uint64_t last = 0;
  std::unordered_map<std::uint64_t, std::uint64_t> enlisted;  // id → the value's bits
  std::unordered_map<std::uint64_t, Value> pinned;
  std::vector<std::uint64_t> released;
};

// One per process, as are the nodes' counts; never destroyed, since nodes may outlive statics.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

}  // namespace

std::uint64_t NodeIds::expose(const Value& value) {
  auto& id = value.container().id;
  if (id == 0) id = ++registry().last;
  return id;
}

std::uint64_t NodeIds::enlist(const Value& value) {
  const auto id = expose(value);
  registry().enlisted.try_emplace(id, value.bits_);
  return id;
}

std::uint64_t NodeIds::pin(const Value& value) {
  const auto id = expose(value);
  registry().pinned.try_emplace(id, value);
  return id;
}

// The node may die with its pin and release ids, so the pin leaves the table first.
void NodeIds::unpin(std::uint64_t id) { const auto last = registry().pinned.extract(id); }

std::optional<Value> NodeIds::find(std::uint64_t id) {
  const auto pinned = registry().pinned.find(id);
  if (pinned != registry().pinned.end()) return pinned->second;
  const auto enlisted = registry().enlisted.find(id);
  if (enlisted == registry().enlisted.end()) return std::nullopt;
  Value value;
  value.bits_ = enlisted->second;
  ++value.node()->refs;
  return value;
}

std::vector<std::uint64_t> NodeIds::takeReleased() {
  return std::exchange(registry().released, {});
}

void NodeIds::release(std::uint64_t id) {
  registry().enlisted.erase(id);
  registry().released.push_back(id);
}

}  // namespace isthmus
