#include "bridge/bridge.h"

#include <algorithm>
#include <cassert>

#include "bridge/mark.h"
#include "value/codec.h"
#include "value/draft.h"

namespace isthmus {
namespace {

constexpr double kMostAhead = 60'000;  // ms that a sender's clock may be ahead of ours

std::string_view typeOf(const Value& action) {
  const Value* const type = action.find(Key("type"));
  return type != nullptr && type->isString() ? std::string_view(type->string()) : "";
}

DropReason reasonOf(const Error& error) {
  return error.code == ErrorCode::LimitExceeded ? DropReason::TooLarge : DropReason::Undecodable;
}

// An element of an array becomes null, so that the paths of its neighbours stay true.
void takeOut(Draft& draft, const Path& path) {
  const Path parentPath(path.begin(), path.end() - 1);
  const Value* const parent = draft.find(parentPath);
  [[maybe_unused]] const auto status =
      parent->isArray() ? draft.set(path, Value()) : draft.remove(path);
  assert(status.ok());
}

Path inAction(const Path& payloadPath) {
  Path path{Key("payload")};
  path.insert(path.end(), payloadPath.begin(), payloadPath.end());
  return path;
}

Value withoutNever(const Value& action, const std::vector<Path>& never) {
  Draft draft(action);
  for (const auto& path : never) {
    if (draft.find(inAction(path)) != nullptr) takeOut(draft, inAction(path));
  }
  return std::move(draft).take();
}

// Null is what `takeOut` leaves in an array.
bool holdsNever(const Value& action, const std::vector<Path>& never) {
  return std::any_of(never.begin(), never.end(), [&](const Path& path) {
    const Value* const found = find(action, inAction(path));
    return found != nullptr && !found->isNull();
  });
}

// The schema's place is told, not the payload's: keys of the payload are part of it.
std::optional<std::string> mismatch(const Contract& contract, const Value& action) {
  if (!contract.payload) return std::nullopt;
  static const Value kAbsent;
  const Value* const payload = action.find(Key("payload"));
  const auto error = contract.payload->check(payload == nullptr ? kAbsent : *payload);
  if (!error) return std::nullopt;
  return "the payload, or a part of it, " + error->message + ": see '" + error->schema +
         "' in the contract's schema";
}

}  // namespace

Bridge::Bridge(BridgeOptions options)
    : options_(std::move(options)),
      counters_(options_.types),
      accepted_(options_.senders, options_.window) {}

Status Bridge::addContract(std::string_view type, const Value& definition, std::string_view owner) {
  auto status = contracts_.add(type, definition, owner);
  if (status) counters_.reserveRow(type);
  return status;
}

Bridge::Outbound Bridge::outbound(const Value& action, bool enabled, double now) {
  if (!isMarked(action) || isBridged(action)) return {};
  const std::string type(typeOf(action));
  Envelope envelope{options_.sender, options_.store, nextSeq_, now, 1, action};
  auto refusal = prepare(envelope, enabled);
  const Value message = toValue(envelope);
  if (!refusal) refusal = measure(message);
  if (refusal) {
    counters_.countRefusal(refusal->reason, type);
    return {Outbound::Verdict::Refused, refusal->reason, type, std::move(refusal->message), {}};
  }
  ++nextSeq_;
  counters_.countSent();
  return {Outbound::Verdict::Post, {}, type, {}, message};
}

std::optional<Bridge::Refusal> Bridge::prepare(Envelope& envelope, bool enabled) const {
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  const Contract* const contract = contracts_.find(typeOf(envelope.action));
  if (contract == nullptr) return Refusal{DropReason::Type, "no contract lists this action type"};
  if (!contract->from.includes(options_.store)) {
    return Refusal{DropReason::Sender, "the contract does not let this store send the action"};
  }
  envelope.schemaVersion = contract->schemaVersion;
  envelope.action = withoutNever(envelope.action, contract->never);
  if (auto text = mismatch(*contract, envelope.action)) {
    return Refusal{DropReason::Schema, std::move(*text)};
  }
  return std::nullopt;
}

Bridge::Refusal Bridge::tooLarge() const {
  return {DropReason::TooLarge, "the message exceeds " + std::to_string(options_.bytes) + " bytes"};
}

// The receiver's own reading, so that nothing is posted which it would have to drop.
std::optional<Bridge::Refusal> Bridge::measure(const Value& message) const {
  const Bytes bytes = encode(message);
  if (bytes.size() > options_.bytes) {
    return tooLarge();
  }
  auto read = decode(bytes, options_.limits);
  if (read) return std::nullopt;
  return Refusal{reasonOf(read.error()), std::move(read.error().message)};
}

Bridge::Inbound Bridge::inbound(std::span<const std::uint8_t> bytes, bool enabled, double now) {
  if (bytes.size() > options_.bytes) {
    return drop(tooLarge(), {});
  }
  auto message = decode(bytes, options_.limits);
  if (!message) return drop({reasonOf(message.error()), message.error().message}, {});
  auto read = readEnvelope(message.value());
  if (!read) return drop({DropReason::Protocol, read.error().message}, {});
  const Envelope& envelope = read.value();
  if (auto refusal = judge(envelope, enabled, now)) {
    return drop(std::move(*refusal), envelope.type());
  }
  unsettled_.push_back({envelope.sender, envelope.seq, envelope.type()});
  return {true, {}, envelope.type(), {}, markBridged(envelope.action)};
}

std::optional<Bridge::Refusal> Bridge::judge(const Envelope& envelope, bool enabled,
                                             double now) const {
  if (envelope.sender == options_.sender || isBridged(envelope.action)) {
    return Refusal{DropReason::Echo, "the action comes from this store or was bridged before"};
  }
  if (wasAccepted(envelope)) {
    return Refusal{DropReason::Duplicate, "a message of this sender and number was accepted"};
  }
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  const Contract* const contract = contracts_.find(envelope.type());
  if (contract == nullptr) return Refusal{DropReason::Type, "no contract lists this action type"};
  if (!contract->to.includes(options_.store) || !contract->from.includes(envelope.from)) {
    return Refusal{DropReason::Sender,
                   "the contract does not let the sending store send to this one"};
  }
  return judgeContent(envelope, *contract, now);
}

std::optional<Bridge::Refusal> Bridge::judgeContent(const Envelope& envelope,
                                                    const Contract& contract, double now) const {
  if (envelope.schemaVersion != contract.schemaVersion) {
    return Refusal{DropReason::Version, "the contract has schemaVersion " +
                                            std::to_string(contract.schemaVersion) + ", not " +
                                            std::to_string(envelope.schemaVersion)};
  }
  if (auto text = mismatch(contract, envelope.action)) {
    return Refusal{DropReason::Schema, std::move(*text)};
  }
  if (holdsNever(envelope.action, contract.never)) {
    return Refusal{DropReason::Secret, "the payload has a part that must never cross"};
  }
  if (envelope.clock > now + kMostAhead) {
    return Refusal{DropReason::Clock, "the sender's clock is more than a minute ahead"};
  }
  return std::nullopt;
}

bool Bridge::wasAccepted(const Envelope& envelope) const {
  const auto isSame = [&](const Unsettled& message) {
    return message.sender == envelope.sender && message.seq == envelope.seq;
  };
  return accepted_.contains(envelope.sender, envelope.seq) ||
         std::any_of(unsettled_.begin(), unsettled_.end(), isSame);
}

Bridge::Inbound Bridge::drop(Refusal refusal, std::string type) {
  counters_.countDrop(refusal.reason, type);
  return {false, refusal.reason, std::move(type), std::move(refusal.message), {}};
}

void Bridge::settle(bool applied) {
  if (unsettled_.empty()) return;
  const Unsettled message = std::move(unsettled_.back());
  unsettled_.pop_back();
  if (applied) {
    accepted_.add(message.sender, message.seq);
    counters_.countAccepted();
  } else {
    counters_.countDrop(DropReason::Reducer, message.type);
  }
}

}  // namespace isthmus
