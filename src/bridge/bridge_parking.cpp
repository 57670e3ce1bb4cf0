// How messages wait for slices that are expected: the part of Bridge that parks.

#include "bridge/bridge.h"
#include "value/codec.h"

namespace isthmus {

Bridge::Inbound Bridge::park(const Envelope& envelope, std::span<const std::uint8_t> bytes,
                             double now) {
  const Bytes copy(bytes.begin(), bytes.end());
  parked_.hold({std::string(envelope.type()), std::string(envelope.sender), envelope.seq, copy},
               now);
  counters_.countParked();
  return {.parked = true,
          .type = std::string(envelope.type()),
          .sender = envelope.sender,
          .gap = gaps_.accepted(envelope.sender, envelope.seq)};
}

std::optional<Bridge::Inbound> Bridge::nextParked(std::string_view key, bool enabled, double now) {
  const auto message = parked_.next(key, now);
  return message ? std::optional(judgeParked(*message, enabled, now)) : std::nullopt;
}

// What it waited for may have brought another contract, and its type a newer action.
Bridge::Inbound Bridge::judgeParked(const ParkedMessage& message, bool enabled, double now) {
  if (!enabled) return drop({DropReason::Off, "the bridge is switched off"}, message.type);
  const auto value = decode(message.bytes, options_.limits);
  if (!value) return drop({DropReason::Undecodable, value.error().message}, message.type);
  auto envelope = readEnvelope(value.value());
  if (!envelope) return drop({DropReason::Protocol, envelope.error().message}, message.type);
  const Contract* const contract = contracts_.find(envelope.value().type());
  auto refusal = judgeContent(envelope.value(), contract, now);
  return refusal ? drop(std::move(*refusal), message.type) : admit(envelope.value(), *contract);
}

std::vector<DiscardedPark> Bridge::takeDiscardedParks() {
  auto all = parked_.takeDiscarded();
  for (const auto& park : all) counters_.countDiscarded(park.messages);
  return all;
}

}  // namespace isthmus
