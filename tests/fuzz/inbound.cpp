// Any bytes as a message: at most one counter moves, a message that is dropped changes nothing
// else, and one that is accepted is marked, and a duplicate from then on. Both ways of reading an
// envelope give the same.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "bridge/bridge.h"
#include "bridge/mark.h"
#include "cases/same_envelope.h"
#include "value/codec.h"
#include "value/json.h"

using namespace isthmus;

namespace {

constexpr double kNow = 1000;

void demand(bool holds) {
  if (!holds) std::abort();
}

void define(Bridge& bridge, std::string_view type, std::string_view contract) {
  demand(bridge.addContract(type, parseJson(contract).value(), "fuzz").ok());
}

Bridge makeBridge() {
  BridgeOptions options;
  options.sender = "self";
  options.store = "shared";
  Bridge bridge(std::move(options));
  define(bridge, "cart/add", R"({ "never": ["/coupon"], "payload": {
      "type": "object", "required": ["sku"], "properties": { "sku": { "type": "string" } } } })");
  define(bridge, "auth/logout", R"({ "from": ["shared"], "schemaVersion": 2, "lastWins": true,
      "never": [{ "path": "/token", "then": "refuse" }],
      "upcast": { "1": [{ "op": "set", "path": "/user", "value": { "var": "state.name" } }] },
      "downcast": { "3": [{ "op": "unset", "path": "/user/later" }] } })");
  return bridge;
}

// The sum of all counts outside `byType`.
double total(const Value& counters) {
  double sum = 0;
  for (const auto& [key, value] : counters.members()) {
    if (value.isNumber()) sum += value.number();
    if (value.isObject() && !(key == Key("byType"))) sum += total(value);
  }
  return sum;
}

double total(const Bridge& bridge) { return total(bridge.counters().toValue()); }

void checkAccepted(Bridge& bridge, std::span<const std::uint8_t> bytes, const Value& action) {
  demand(isMarked(action) && isBridged(action));
  demand(total(bridge) == 0);
  bridge.settle(true);
  demand(total(bridge) == 1);
  const auto again = bridge.inbound(bytes, true, kNow);
  demand(!again.accepted && again.reason == DropReason::Duplicate);
}

void checkDropped(Bridge& bridge, std::span<const std::uint8_t> bytes,
                  const Bridge::Inbound& dropped) {
  demand(dropped.action.isNull() && !dropped.message.empty());
  demand(total(bridge) == 1);
  const auto again = bridge.inbound(bytes, true, kNow);
  demand(!again.accepted && again.reason == dropped.reason);
  demand(total(bridge) == 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  demand(readsAlike(bytes, BridgeOptions().limits));
  static const Bridge kFresh = makeBridge();
  Bridge bridge = kFresh;
  const auto inbound = bridge.inbound(bytes, true, kNow);
  if (inbound.accepted) {
    checkAccepted(bridge, bytes, inbound.action);
  } else {
    checkDropped(bridge, bytes, inbound);
  }
  return 0;
}
