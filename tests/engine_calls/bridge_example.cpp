#include "engine_calls/bridge_example.h"

#include "engine_calls/demand.h"
#include "value/json.h"

namespace isthmus::calls {

const std::vector<ContractExample>& contracts() {
  static const auto* const all = [] {
    auto* const made = new std::vector<ContractExample>;
    const auto add = [&](const char* type, const char* json) {
      made->push_back({type, parseJson(json).value()});
    };
    add("cart/add", R"({ "never": ["/coupon"], "payload": { "type": "object" } })");
    add("counter/add", R"({ "payload": { "type": "object", "required": ["n"] } })");
    add("counter/inc", R"({})");
    add("flag/set", R"({ "lastWins": true, "schemaVersion": 2,
        "upcast": { "1": [{ "op": "set", "path": "/n", "value": 1 }] } })");
    add("random1/run0", R"({ "lastWins": true })");
    return made;
  }();
  return *all;
}

BridgeOptions bridgeOptions() {
  BridgeOptions options;
  options.sender = "self";
  options.store = "shared";
  options.bytes = 4000;
  options.limits = {.depth = 20, .entries = 300, .stringBytes = 4000};
  options.senders = 3;
  options.window = 10;
  options.types = 2;
  options.rejects = 3;
  options.legacy = true;
  options.legacyVersion = 1;
  options.park = {.bytes = 4000, .messages = 3, .ms = 500};
  return options;
}

Bridge exampleBridge() {
  Bridge bridge(bridgeOptions());
  for (const auto& [type, definition] : contracts()) {
    demand(bridge.addContract(type, definition, "app").ok());
  }
  return bridge;
}

void writeBridge(Encoder encoder) {
  const auto options = bridgeOptions();
  encoder.text(options.sender);
  encoder.text(options.store);
  for (const std::size_t limit :
       {options.bytes, options.limits.depth, options.limits.entries, options.senders,
        options.window, options.types, options.rejects, options.park.bytes, options.park.messages,
        options.park.ms, std::size_t{0}, std::size_t{0}}) {
    encoder.varint(static_cast<std::uint32_t>(limit));
  }
  encoder.varint(options.legacy ? 1 : 0);
  encoder.varint(options.legacyVersion);
}

}  // namespace isthmus::calls
