// Any bytes as a message of the legacy channel: at most one counter moves, a message that is
// dropped or passed over changes nothing else, and one that is accepted is marked. A plain action
// has no number, so that it is accepted as often as it comes.

#include <cstdint>
#include <span>

#include "bridge/mark.h"
#include "fuzz/bridge_under_test.h"

using namespace isthmus;
using namespace isthmus::fuzz;

namespace {

constexpr double kNow = 1000;

void checkAccepted(Bridge& bridge, std::span<const std::uint8_t> bytes, const Value& action) {
  demand(isMarked(action) && isBridged(action));
  demand(total(bridge) == 0);
  bridge.settle(true);
  demand(total(bridge) == 1);
  demand(bridge.inboundLegacy(bytes, true, kNow).accepted);
}

void checkDropped(Bridge& bridge, std::span<const std::uint8_t> bytes,
                  const Bridge::Inbound& dropped) {
  demand(dropped.action.isNull() && !dropped.message.empty());
  demand(total(bridge) == 1);
  const auto again = bridge.inboundLegacy(bytes, true, kNow);
  demand(!again.accepted && again.reason == dropped.reason);
  demand(total(bridge) == 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  static const Bridge kFresh = makeBridge();
  Bridge bridge = kFresh;
  const auto inbound = bridge.inboundLegacy(bytes, true, kNow);
  if (inbound.accepted) {
    checkAccepted(bridge, bytes, inbound.bridged());
  } else if (inbound.passedOver) {
    demand(total(bridge) == 0);
  } else {
    checkDropped(bridge, bytes, inbound);
  }
  return 0;
}
