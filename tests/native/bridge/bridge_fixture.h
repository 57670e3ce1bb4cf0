#pragma once

#include "bridge/bridge.h"
#include "native/value/json_literal.h"
#include "value/codec.h"
#include "value/draft.h"

namespace isthmus {

inline constexpr double kNow = 1'000'000;

inline constexpr std::string_view kCartContract = R"({
    "schemaVersion": 2, "never": ["/coupon", "/lines/0"],
    "payload": { "type": "object", "required": ["sku"],
                 "properties": { "sku": { "type": "string" } } } })";

// The store "shared" of the sender "self", which knows the type cart/add.
inline Bridge sharedBridge(BridgeOptions options = {}) {
  options.sender = "self";
  options.store = "shared";
  Bridge bridge(std::move(options));
  REQUIRE(bridge.addContract("cart/add", parseJson(kCartContract).value(), "cart").ok());
  return bridge;
}

// A message that such a store accepts, with the fields of `changes` (pointer, JSON) set.
inline Value message(std::initializer_list<std::pair<const char*, const char*>> changes = {}) {
  Draft draft(R"({ "isthmus": 1, "sender": "other", "from": "shared", "seq": 1, "clock": 1000000,
      "schemaVersion": 2,
      "action": { "type": "cart/add", "payload": { "sku": "a" }, "meta": { "crossApp": true } }
  })"_json);
  for (const auto& [pointer, json] : changes) {
    REQUIRE(draft.set(parsePointer(pointer).value(), parseJson(json).value()).ok());
  }
  return std::move(draft).take();
}

inline std::string countersOf(const Bridge& bridge) { return toJson(bridge.counters().toValue()); }

// The number below `counters`, 0 where there is none.
inline double counted(const Bridge& bridge, std::string_view pointer) {
  const Value counters = bridge.counters().toValue();
  const Value* const found = find(counters, parsePointer(pointer).value());
  return found == nullptr ? 0 : found->number();
}

}  // namespace isthmus
