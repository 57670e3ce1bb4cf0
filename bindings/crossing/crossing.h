#pragma once

#include "bindings/engine.h"
#include "bridge/bridge.h"
#include "bridge/payload_gate.h"

namespace isthmus::bindings {

// An action that crosses: the store has it just when the bridge and its log know of it.
struct JointCommit {
  const Store* store = nullptr;
  Store::Serial serial = 0;
  const Bridge* bridge = nullptr;
  const Books* before = nullptr;          // its current books
  const Log::Books* logBefore = nullptr;  // those of its log, where that changes too
};

// What a log has changed, and is pending in a store.
struct Converging {
  const Store* store = nullptr;
  Store::Serial serial = 0;
  Bridge* bridge = nullptr;
  bool isOwn = false;  // with an own action
  Time time = 0;
};

// The engine's second part, which JavaScript loads when something is to cross
// (tools/split-engine.mjs).
struct Crossing {
  Table<Bridge> bridges;
  Table<PayloadGate> gates;
  JointCommit joint;
  Converging converging;
};

Crossing& crossing();

// Commits the pending action of the store and the prepared settlement of the bridge, both or none
// at every instruction.
void commitJointly(Store& store, Bridge& bridge);
// Notes what a log has changed with the store's pending action.
void setPending(const Converging& converging);
// The states that a log gives to native slices which the store does not have yet.
std::vector<Store::Given> statesOf(const Log& log, const Store& store);

// What the bridge remembers, whatever was going on.
const Books& committedBooks(const Bridge& bridge);
const Log::Books& committedLogBooks(const Bridge& bridge);

template <typename Call>
Outcome onBridge(std::uint32_t id, const Call& call) {
  return on(crossing().bridges, "bridge", id, call);
}

}  // namespace isthmus::bindings
