#include "bridge/payload_gate.h"

#include "log/action_keys.h"
#include "value/codec.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

// The rules look at nothing of an action but its payload and meta.
Value actionWith(const Value* payload) {
  ObjectBuilder action;
  if (payload != nullptr) action.set(payloadKey(), *payload);
  return std::move(action).build();
}

PayloadGate::Passage passage(std::optional<Refusal> refusal, const Envelope& envelope) {
  if (refusal) return {std::move(refusal)};
  const Value* const payload = envelope.action.find(payloadKey());
  return {{}, {envelope.schemaVersion, payload ? std::optional(*payload) : std::nullopt}};
}

}  // namespace

Result<PayloadGate> PayloadGate::compile(std::string_view type, const Value& definition,
                                         const Limits& limits) {
  auto contract = compileContractOf(type, definition);
  if (!contract) return std::move(contract.error());
  return PayloadGate(std::move(contract).value(), limits);
}

std::optional<Refusal> PayloadGate::read(std::span<const std::uint8_t> bytes,
                                         Envelope& envelope) const {
  const auto shape = decode(bytes, limits_);
  if (!shape) return Refusal{reasonOf(shape.error()), shape.error().message};
  const Value* const version = shape.value().find(Key("schemaVersion"));
  if (!shape.value().isObject() || (version != nullptr && !isVersion(*version))) {
    return Refusal{DropReason::Protocol, "its schemaVersion must be a whole number, 1 or more"};
  }
  if (version != nullptr) envelope.schemaVersion = static_cast<std::uint64_t>(version->number());
  envelope.action = actionWith(shape.value().find(payloadKey()));
  return std::nullopt;
}

PayloadGate::Passage PayloadGate::outbound(std::span<const std::uint8_t> bytes) const {
  Envelope envelope;
  auto refusal = read(bytes, envelope);
  if (!refusal) {
    const auto first = std::span(contract_.emit).first(1);
    refusal = prepareToLeave(envelope, contract_, first, limits_, {});
  }
  return passage(std::move(refusal), envelope);
}

PayloadGate::Passage PayloadGate::inbound(std::span<const std::uint8_t> bytes) const {
  Envelope envelope;
  auto refusal = read(bytes, envelope);
  if (!refusal) refusal = prepareToArrive(envelope, contract_, limits_, {});
  envelope.schemaVersion = contract_.schemaVersion;
  return passage(std::move(refusal), envelope);
}

}  // namespace isthmus
