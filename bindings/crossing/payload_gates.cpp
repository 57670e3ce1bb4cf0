#include "payload_gates.h"

#include "bindings/arguments.h"
#include "crossing.h"
#include "verdicts.h"

namespace isthmus::bindings {

namespace {

template <typename Call>
Outcome onGate(std::uint32_t id, const Call& call) {
  return on(crossing().gates, "contract", id, call);
}

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

}  // namespace

// string type, varint bytes, varint depth, varint entries, value contract
Outcome createGate(std::uint32_t id, std::uint32_t length) {
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
  crossing().gates.put(id, std::move(gate).value());
  return 0;
}

Outcome destroyGate(std::uint32_t gate) {
  return crossing().gates.remove(gate) ? 0 : failUnknown("contract");
}

// shape := value; decides about its payload, as a PayloadVerdict.
Outcome outboundPayload(std::uint32_t id, std::uint32_t length) {
  return onGate(
      id, [&](const PayloadGate& gate) { return answerPassage(gate.outbound(input(length))); });
}

Outcome inboundPayload(std::uint32_t id, std::uint32_t length) {
  return onGate(
      id, [&](const PayloadGate& gate) { return answerPassage(gate.inbound(input(length))); });
}

}  // namespace isthmus::bindings
