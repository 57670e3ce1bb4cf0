// The part of the control plane about payloads without an envelope (bridge/payload_gate.h).

#include <emscripten/bind.h>

#include "arguments.h"
#include "engine.h"
#include "verdicts.h"

using namespace isthmus;
using namespace isthmus::bindings;

namespace {

using Id = std::uint32_t;

template <typename Call>
Outcome onGate(Id id, const Call& call) {
  return on(engine().gates, "contract", id, call);
}

// string type, varint bytes, varint depth, varint entries, value contract
Outcome createGate(Id id, std::uint32_t length) {
  Arguments arguments(length);
  const auto type = arguments.text();
  Limits limits;
  limits.stringBytes = arguments.varint();
  limits.depth = arguments.varint();
  limits.entries = arguments.varint();
  const auto definition = arguments.value();
  if (arguments.failed()) return arguments.failure();
  auto gate = PayloadGate::compile(type, definition, limits);
  if (!gate) return fail(gate.error());
  engine().gates.put(id, std::move(gate).value());
  return 0;
}

Outcome destroyGate(Id gate) { return engine().gates.remove(gate) ? 0 : failUnknown("contract"); }

Outcome answerPassage(const PayloadGate::Passage& passage) {
  Encoder encoder(answer());
  if (const auto& refusal = passage.refusal) {
    encoder.varint(static_cast<std::uint32_t>(refusal->reason));
    encoder.text(refusal->message);
    return outcomeOf(PayloadVerdict::Refused);
  }
  encoder.float64(static_cast<double>(passage.shape.schemaVersion));
  encoder.value(passage.shape.payload.value_or(Value()));
  return outcomeOf(PayloadVerdict::Passed);
}

// shape := value; decides about its payload, as a PayloadVerdict.
Outcome outboundPayload(Id id, std::uint32_t length) {
  return onGate(
      id, [&](const PayloadGate& gate) { return answerPassage(gate.outbound(input(length))); });
}

Outcome inboundPayload(Id id, std::uint32_t length) {
  return onGate(
      id, [&](const PayloadGate& gate) { return answerPassage(gate.inbound(input(length))); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(payload_gates) {
  emscripten::function("createGate", &createGate);
  emscripten::function("destroyGate", &destroyGate);
  emscripten::function("outboundPayload", &outboundPayload);
  emscripten::function("inboundPayload", &inboundPayload);
}
