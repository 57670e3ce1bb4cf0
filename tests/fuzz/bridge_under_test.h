#pragma once

#include <cstdlib>
#include <string_view>
#include <utility>

#include "bridge/bridge.h"
#include "value/json.h"

// The bridge that is given any bytes, and what is demanded of it.
namespace isthmus::fuzz {

inline void demand(bool holds) {
  if (!holds) std::abort();
}

inline void define(Bridge& bridge, std::string_view type, std::string_view contract) {
  demand(bridge.addContract(type, parseJson(contract).value(), "fuzz").ok());
}

inline Bridge makeBridge() {
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
inline double total(const Value& counters) {
  double sum = 0;
  for (const auto& [key, value] : counters.members()) {
    if (value.isNumber()) sum += value.number();
    if (value.isObject() && !(key == Key("byType"))) sum += total(value);
  }
  return sum;
}

inline double total(const Bridge& bridge) { return total(bridge.counters().toValue()); }

}  // namespace isthmus::fuzz
