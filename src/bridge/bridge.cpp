#include "bridge/bridge.h"

#include <algorithm>

#include "bridge/action_keys.h"
#include "bridge/mark.h"
#include "value/codec.h"
#include "value/size.h"

namespace isthmus {
namespace {

constexpr double kMostAhead = 60'000;  // ms that a sender's clock may be ahead of ours
constexpr double kTick = 1.0 / 1024;   // ms, the least by which clocks differ

std::string_view typeOf(const Value& action) {
  const Value* const type = action.find(typeKey());
  return type != nullptr && type->isString() ? std::string_view(type->string()) : "";
}

}  // namespace

Bridge::Bridge(BridgeOptions options)
    : options_(std::move(options)),
      self_(options_.sender),
      store_(options_.store),
      counters_(options_.types),
      accepted_(options_.senders, options_.window),
      gaps_(options_.senders),
      rejects_(options_.senders, options_.rejects),
      legacyRejects_(1, options_.rejects),
      parked_(options_.park) {}

Status Bridge::addContract(std::string_view type, const Value& definition, std::string_view owner) {
  auto status = contracts_.add(type, definition, owner);
  if (status) counters_.reserveRow(type);
  return status;
}

Bridge::Outbound Bridge::outbound(const Value& action, bool enabled, double now) {
  if (!isMarked(action) || isBridged(action)) return {};
  const std::string type(typeOf(action));
  Envelope envelope{self_, store_, nextSeq_, now, 1, action};
  auto refusal = prepare(envelope, enabled);
  Value message = toValue(envelope);
  Bytes bytes;
  if (!refusal) {
    bytes = encode(message);
    refusal = measure(message, bytes.size());
  }
  if (refusal) {
    counters_.countRefusal(refusal->reason, type);
    return {Outbound::Verdict::Refused, refusal->reason, type, std::move(refusal->message), {}, {}};
  }
  ++nextSeq_;
  counters_.countSent();
  if (contracts_.find(type)->lastWins) {
    lastApplied_.add(Key(type), {envelope.clock, envelope.sender, envelope.seq});
  }
  if (options_.legacy) plain_ = makePlain(action, type, envelope.seq);
  return {Outbound::Verdict::Post, {}, type, {}, std::move(message), std::move(bytes)};
}

std::optional<Refusal> Bridge::prepare(Envelope& envelope, bool enabled) const {
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  const Contract* const contract = contracts_.find(typeOf(envelope.action));
  if (contract == nullptr) return Refusal{DropReason::Type, "no contract lists this action type"};
  if (!contract->from.includes(options_.store)) {
    return Refusal{DropReason::Sender, "the contract does not let this store send the action"};
  }
  if (contract->lastWins) moveClock(envelope);
  return prepareToLeave(envelope, *contract, contract->emit, options_.limits, options_.work);
}

// Other stores drop what is older than what they applied: an action must be newer than what was
// applied here before it, though the clock that told so was ahead of ours.
void Bridge::moveClock(Envelope& envelope) const {
  const Stamp* const last = lastApplied_.find(Key(envelope.type()));
  if (last == nullptr || last->clock < envelope.clock) return;
  envelope.clock = last->sender == self_ ? last->clock : last->clock + kTick;
}

Refusal Bridge::tooLarge() const {
  return {DropReason::TooLarge, "the message exceeds " + std::to_string(options_.bytes) + " bytes"};
}

// So that nothing is posted which a receiver with the same limits would have to drop.
std::optional<Refusal> Bridge::measure(const Value& message, std::size_t bytes) const {
  if (bytes > options_.bytes) return tooLarge();
  auto status = checkSize(message, options_.limits);
  if (status) return std::nullopt;
  return Refusal{DropReason::TooLarge, std::move(status.error().message)};
}

Bridge::Inbound Bridge::inbound(std::span<const std::uint8_t> bytes, bool enabled, double now) {
  if (bytes.size() > options_.bytes) return drop(tooLarge(), {});
  if (rejects_.any() && isLimited(peekSender(bytes), now)) return {.limited = true};
  if (auto ordered = readOrdered(bytes, options_.limits, latest_)) {
    return decide(std::move(*ordered), bytes, enabled, now);
  }
  auto message = decode(bytes, options_.limits);
  if (!message) return drop({reasonOf(message.error()), message.error().message}, {});
  auto read = readEnvelope(message.value());
  if (!read) return drop({DropReason::Protocol, read.error().message}, {});
  return decide(std::move(read).value(), bytes, enabled, now);
}

Bridge::Inbound Bridge::decide(Envelope envelope, std::span<const std::uint8_t> bytes, bool enabled,
                               double now) {
  if (isLimited(envelope.sender, now)) return {.limited = true};
  const Value sent = envelope.action;
  const Contract* const contract = contracts_.find(envelope.type());
  auto refusal = judge(envelope, contract, enabled, now);
  if (refusal) return reject(envelope, std::move(*refusal), now);
  if (envelope.action.identical(sent) && !contract->allowsCredentials) latest_ = envelope;
  return parked_.expects(envelope.type()) ? park(envelope, bytes, now)
                                          : accept(envelope, *contract);
}

bool Bridge::isLimited(std::string_view sender, double now) {
  const bool limited = rejects_.isLimited(sender, now);
  if (limited) counters_.countLimited();
  return limited;
}

Bridge::Inbound Bridge::accept(const Envelope& envelope, const Contract& contract) {
  Inbound inbound = admit(envelope, contract);
  inbound.gap = gaps_.accepted(envelope.sender, envelope.seq);
  return inbound;
}

Bridge::Inbound Bridge::admit(const Envelope& envelope, const Contract& contract) {
  unsettled_.push_back({{envelope.clock, envelope.sender, envelope.seq},
                        Text(*envelope.action.find(typeKey())),
                        contract.lastWins});
  return {.accepted = true,
          .type = std::string(envelope.type()),
          .action = envelope.action,
          .sender = envelope.sender};
}

std::optional<Refusal> Bridge::judge(Envelope& envelope, const Contract* contract, bool enabled,
                                     double now) const {
  if (auto refusal = judgeOrigin(envelope, enabled)) return refusal;
  return judgeContent(envelope, contract, now);
}

std::optional<Refusal> Bridge::judgeContent(Envelope& envelope, const Contract* contract,
                                            double now) const {
  if (contract == nullptr) return Refusal{DropReason::Type, "no contract lists this action type"};
  if (!contract->to.includes(options_.store) || !contract->from.includes(envelope.from)) {
    return Refusal{DropReason::Sender,
                   "the contract does not let the sending store send to this one"};
  }
  auto refusal =
      prepareToArrive(envelope, *contract, options_.limits, options_.work, latest_.action);
  return refusal ? refusal : judgeTime(envelope, *contract, now);
}

std::optional<Refusal> Bridge::judgeTime(const Envelope& envelope, const Contract& contract,
                                         double now) const {
  const Stamp* const last = contract.lastWins ? lastApplied_.find(Key(envelope.type())) : nullptr;
  if (last != nullptr && isOlder({envelope.clock, envelope.sender, envelope.seq}, *last)) {
    return Refusal{DropReason::Stale, "a newer action of this type was applied already"};
  }
  if (envelope.clock > now + kMostAhead) {
    return Refusal{DropReason::Clock, "the sender's clock is more than a minute ahead"};
  }
  return std::nullopt;
}

std::optional<Refusal> Bridge::judgeOrigin(const Envelope& envelope, bool enabled) const {
  if (envelope.sender == self_ || isBridged(envelope.action)) {
    return Refusal{DropReason::Echo, "the action comes from this store or was bridged before"};
  }
  if (wasAccepted(envelope)) {
    return Refusal{DropReason::Duplicate, "a message of this sender and number was accepted"};
  }
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  return std::nullopt;
}

bool Bridge::wasAccepted(const Envelope& envelope) const {
  const auto isSame = [&](const Unsettled& message) {
    return message.stamp.sender == envelope.sender && message.stamp.seq == envelope.seq;
  };
  return accepted_.contains(envelope.sender, envelope.seq) ||
         parked_.contains(envelope.sender, envelope.seq) ||
         std::any_of(unsettled_.begin(), unsettled_.end(), isSame);
}

Bridge::Inbound Bridge::drop(Refusal refusal, std::string type) {
  counters_.countDrop(refusal.reason, type);
  return {.reason = refusal.reason, .type = std::move(type), .message = std::move(refusal.message)};
}

// What a peer does not hear about, or knows in another version, it may well send. What breaks the
// contract's rules its own bridge would have kept.
Bridge::Inbound Bridge::reject(const Envelope& envelope, Refusal refusal, double now) {
  gaps_.dropped(envelope.sender, envelope.seq);
  const bool isBad = refusal.reason == DropReason::Schema || refusal.reason == DropReason::Secret ||
                     refusal.reason == DropReason::Clock;
  if (isBad) rejects_.rejected(envelope.sender, now);
  return drop(std::move(refusal), std::string(envelope.type()));
}

void Bridge::settle(bool applied, DropReason refusal) {
  if (unsettled_.empty()) return;
  Unsettled message = std::move(unsettled_.back());
  unsettled_.pop_back();
  if (applied) {
    counters_.countAccepted();
    if (message.stamp.sender.empty()) return;
    accepted_.add(message.stamp.sender, message.stamp.seq);
    if (message.lastWins) lastApplied_.add(Key(message.type), std::move(message.stamp));
  } else {
    counters_.countDrop(refusal, message.type);
  }
}

}  // namespace isthmus
