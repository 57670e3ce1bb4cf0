// How messages wait for slices that are expected: the part of Bridge that parks.

#include "bridge/bridge.h"
#include "value/codec.h"

namespace isthmus {

Bridge::Inbound Bridge::park(const Envelope& envelope, std::span<const std::uint8_t> bytes,
                             double now) {
  const ParkedMessage message{std::string(envelope.type()), std::string(envelope.sender),
                              envelope.seq,
                              std::make_shared<const Bytes>(bytes.begin(), bytes.end())};
  const auto gap = books().gaps.before(envelope.sender, envelope.seq);
  books_.change([&](Books& books) {
    books.gaps.accepted(envelope.sender, envelope.seq);
    books.counters.countParked();
    books.parked.hold(message, now);
  });
  return {.parked = true, .type = message.type, .sender = envelope.sender, .gap = gap};
}

// It lies in its park until it is settled or handed over.
std::optional<Bridge::Inbound> Bridge::nextParked(std::string_view key, bool enabled, double now) {
  noticeTime(now);
  if (!change([&](Books& books) { return books.parked.advance(key, now); })) return std::nullopt;
  const ParkedMessage message = *books().parked.first(key);
  auto envelope = readParked(message);
  if (!envelope) {
    Refusal refusal{DropReason::Protocol, envelope.error().message};
    return takeDropped(key, std::move(refusal), message.type);
  }
  if (auto refusal = judgeParked(envelope.value(), enabled, now)) {
    return takeDropped(key, std::move(*refusal), message.type);
  }
  return admit(envelope.value(), *contracts_.find(envelope.value().type()), std::string(key));
}

Result<Envelope> Bridge::readParked(const ParkedMessage& message) const {
  const auto value = decode(*message.bytes, options_.limits);
  if (!value) return value.error();
  return readEnvelope(value.value());
}

// What it waited for may have brought another contract, and its type a newer action.
std::optional<Refusal> Bridge::judgeParked(Envelope& envelope, bool enabled, double now) const {
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  if (wasHeard(envelope)) {
    return Refusal{DropReason::Duplicate, "the state that the slice was given holds it already"};
  }
  return judgeContent(envelope, contracts_.find(envelope.type()), now);
}

Bridge::Inbound Bridge::takeDropped(std::string_view key, Refusal refusal, std::string type) {
  books_.change([&](Books& books) {
    books.parked.take(key);
    books.counters.countDrop(refusal.reason, type);
  });
  return dropped(std::move(refusal), std::move(type));
}

void Bridge::dropParked(std::string_view key) {
  handOver();
  const ParkedMessage* const message = books().parked.first(key);
  if (message != nullptr) takeDropped(key, {DropReason::Reducer, {}}, message->type);
}

std::vector<DiscardedPark> Bridge::takeDiscardedParks() {
  return change([](Books& books) {
    auto all = books.parked.takeDiscarded();
    for (const auto& park : all) books.counters.countDiscarded(park.messages);
    return all;
  });
}

}  // namespace isthmus
