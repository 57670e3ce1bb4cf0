#pragma once

#include <string>
#include <vector>

#include "bridge/bridge.h"

// The bridge of each session: small bounds, so that they are met, and contracts of some types.
namespace isthmus::calls {

struct ContractExample {
  std::string type;
  Value definition;
};
const std::vector<ContractExample>& contracts();

BridgeOptions bridgeOptions();
Bridge exampleBridge();
// Its options as `createBridge` reads them.
void writeBridge(Encoder encoder);

}  // namespace isthmus::calls
