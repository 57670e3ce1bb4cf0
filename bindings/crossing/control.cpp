// What is called rarely of what crosses: bridges, their contracts and counters, gates. Embind free
// functions over numbers; everything else stands in the input and output buffers
// (bindings/buffers.h).

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include "bindings/answers.h"
#include "bindings/arguments.h"
#include "crossing.h"
#include "payload_gates.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

using Id = std::uint32_t;

// options := string sender, string store, varint each of the limits in this order, varint 1 with a
// legacy channel or 0, varint its schemaVersion or 0
Outcome createBridge(Id id, std::uint32_t length) {
  Arguments arguments(length);
  BridgeOptions options;
  options.sender = arguments.text();
  options.store = arguments.text();
  for (std::size_t* const limit :
       {&options.bytes, &options.limits.depth, &options.limits.entries, &options.senders,
        &options.window, &options.types, &options.rejects, &options.park.bytes,
        &options.park.messages, &options.park.ms, &options.work.bytes, &options.work.steps}) {
    *limit = arguments.varint();
  }
  options.limits.stringBytes = options.bytes;
  options.work = actionLimits(options.work.bytes, options.work.steps);
  options.legacy = arguments.varint() != 0;
  options.legacyVersion = arguments.varint();
  if (arguments.failed()) return arguments.failure();
  crossing().bridges.put(id, std::move(options));
  return 0;
}

// books, as salvaged. Of the accepted messages that are not settled only so many are known to
// JavaScript; it is told how many there are.
Outcome restoreBooks(Id bridge, std::uint32_t unsettled, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Decoder decoder = inputDecoder(length);
    auto books = load(decoder, target.options());
    if (!books) return fail(books.error());
    auto& messages = books.value().unsettled;
    if (messages.size() > unsettled) messages.resize(unsettled);
    target.restore(books.value());
    return static_cast<Outcome>(messages.size());
  });
}

Outcome destroyBridge(Id bridge) {
  return crossing().bridges.remove(bridge) ? 0 : failUnknown("bridge");
}

// string type, string owner, value contract
Outcome addContract(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto type = arguments.text();
    const auto owner = arguments.text();
    const auto definition = arguments.value();
    if (arguments.failed()) return arguments.failure();
    const auto status = target.addContract(type, definition, owner);
    return status ? 0 : fail(status.error());
  });
}

// owner := string
Outcome removeContracts(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    Arguments arguments(length);
    const auto owner = arguments.text();
    if (arguments.failed()) return arguments.failure();
    target.removeContracts(owner);
    return 0;
  });
}

Outcome describeContracts(Id bridge) {
  return onBridge(bridge,
                  [](const Bridge& target) { return answerPlain(target.contracts().toValue()); });
}

// Counts what JavaScript found before there were bytes to decide about.
Outcome countDrop(Id bridge, std::uint32_t reason) {
  return onBridge(bridge, [&](Bridge& target) {
    if (reason >= kDropReasonCount) return failUnknown("drop reason");
    target.countDrop(static_cast<DropReason>(reason), {});
    return 0;
  });
}

// type := string, unknown where it cannot be read
Outcome countRefusal(Id bridge, std::uint32_t reason, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    if (reason >= kDropReasonCount) return failUnknown("drop reason");
    target.countRefusal(static_cast<DropReason>(reason), Arguments(length).text());
    return 0;
  });
}

// type := string, unknown where it cannot be read; of what was counted as sent and could not be
// posted
Outcome countUnsent(Id bridge, std::uint32_t length) {
  return onBridge(bridge, [&](Bridge& target) {
    target.countUnsent(Arguments(length).text());
    return 0;
  });
}

Outcome counters(Id bridge) {
  return onBridge(bridge,
                  [](const Bridge& target) { return answerPlain(target.counters().toValue()); });
}

// The names behind the numbers of drop reasons, in order.
Outcome dropReasons() { return answerNames<DropReason>(kDropReasonCount); }

}  // namespace

// Tells JavaScript of these functions (web/engine/embind.ts), when it has this part of the engine.
extern "C" EMSCRIPTEN_KEEPALIVE void isthmus_bindCrossing() {
  emscripten::function("createBridge", &createBridge);
  emscripten::function("restoreBooks", &restoreBooks);
  emscripten::function("destroyBridge", &destroyBridge);
  emscripten::function("addContract", &addContract);
  emscripten::function("removeContracts", &removeContracts);
  emscripten::function("describeContracts", &describeContracts);
  emscripten::function("countDrop", &countDrop);
  emscripten::function("countRefusal", &countRefusal);
  emscripten::function("countUnsent", &countUnsent);
  emscripten::function("counters", &counters);
  emscripten::function("dropReasons", &dropReasons);
  emscripten::function("createGate", &createGate);
  emscripten::function("destroyGate", &destroyGate);
  emscripten::function("outboundPayload", &outboundPayload);
  emscripten::function("inboundPayload", &inboundPayload);
}
