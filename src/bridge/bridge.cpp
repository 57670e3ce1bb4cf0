#include "bridge/bridge.h"

#include <algorithm>

#include "bridge/mark.h"
#include "bridge/slice_types.h"
#include "log/action_keys.h"
#include "value/codec.h"
#include "value/size.h"

namespace isthmus {
namespace {

constexpr double kMostAhead = 60'000;  // ms that a sender's clock may be ahead of ours
constexpr double kTick = 1.0 / 1024;   // ms, the least by which clocks differ
constexpr double kLastClock = 4e12;  // ms, in 2096: beyond it a double may not tell two ticks apart
constexpr double kNotable = 1000;    // ms that a clock is ahead of its sender's own, to be told

std::string_view typeOf(const Value& action) {
  const Value* const type = action.find(typeKey());
  return type != nullptr && type->isString() ? std::string_view(type->string()) : "";
}

Refusal duplicate() {
  return {DropReason::Duplicate, "a message of this sender and number was accepted"};
}

}  // namespace

Bridge::Bridge(BridgeOptions options)
    : options_(std::move(options)),
      self_(options_.sender),
      store_(options_.store),
      books_(Books(options_)) {}

void Bridge::restore(const Books& books) { books_ = TwoCopies<Books>(books); }

Status Bridge::addContract(std::string_view type, const Value& definition, std::string_view owner) {
  auto status = contracts_.add(type, definition, owner);
  if (!status) return status;
  change([&](Books& books) {
    const Key key(type);
    const auto end = books.listed.end();
    if (std::find(books.listed.begin(), end, key) == end) books.listed.push_back(key);
    books.counters.reserveRow(type);
  });
  return status;
}

Bridge::Outbound Bridge::outbound(const Value& action, bool enabled, double now) {
  if (!isMarked(action) || isBridged(action)) return {};
  const std::string type(typeOf(action));
  noticeTime(now);
  Envelope envelope{self_, store_, books().nextSeq, now, {}, 1, action};
  moveClock(envelope);
  Outbound sealed = seal(envelope, enabled);
  if (sealed.verdict != Outbound::Verdict::Post) return sealed;
  if (options_.legacy) plain_ = makePlain(action, type, envelope.seq);
  countSent(envelope, type);
  return sealed;
}

Bridge::Outbound Bridge::seal(Envelope& envelope, bool enabled) {
  auto refusal = prepare(envelope, enabled);
  auto sealed = pack(std::move(refusal), toValue(envelope), std::string(envelope.type()));
  if (sealed.verdict == Outbound::Verdict::Refused) countRefusal(sealed.reason, sealed.type);
  return sealed;
}

Bridge::Outbound Bridge::pack(std::optional<Refusal> refusal, Value message,
                              std::string type) const {
  Bytes bytes;
  if (!refusal) {
    bytes = encode(message);
    refusal = measure(message, bytes.size());
  }
  if (!refusal) {
    return {Outbound::Verdict::Post, {}, std::move(type), {}, std::move(message), std::move(bytes)};
  }
  return {Outbound::Verdict::Refused,
          refusal->reason,
          std::move(type),
          std::move(refusal->message),
          {},
          {}};
}

void Bridge::countSent(const Envelope& envelope, const std::string& type) {
  const Sent sent{envelope.seq, envelope.clock, type, contracts_.find(type)->lastWins};
  change([&](Books& books) { recordSent(books, sent); });
}

void Bridge::recordSent(Books& books, const Sent& sent) const {
  books.nextSeq = sent.seq + 1;
  books.clock = sent.clock;
  books.counters.countSent();
  if (sent.lastWins) books.lastApplied.add(Key(sent.type), {sent.clock, self_, sent.seq});
  if (plain_.verdict == Outbound::Verdict::Refused) {
    books.counters.countRefusal(plain_.reason, sent.type);
  }
}

std::optional<Refusal> Bridge::prepare(Envelope& envelope, bool enabled) const {
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  const Contract* const contract = contracts_.find(typeOf(envelope.action));
  if (contract == nullptr) return Refusal{DropReason::Type, "no contract lists this action type"};
  if (!contract->from.includes(options_.store)) {
    return Refusal{DropReason::Sender, "the contract does not let this store send the action"};
  }
  return prepareToLeave(envelope, *contract, contract->emit, options_.limits, options_.work);
}

// Other stores drop what is older than what they applied: an action must be newer than all that was
// sent here before, though our own clock was set back since, and than what was applied here of its
// type, though the clock that told so was ahead of ours.
void Bridge::moveClock(Envelope& envelope) const {
  const double own = envelope.clock;
  envelope.clock = std::max(own, books().clock);
  const std::string_view type = typeOf(envelope.action);
  const Stamp* const last = books().lastApplied.find(Key(type));
  if (last != nullptr && last->clock >= envelope.clock) {
    envelope.clock = last->sender == self_ ? last->clock : last->clock + kTick;
  }
  if (envelope.clock > own + kNotable) envelope.wall = own;
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

Bridge::Inbound Bridge::inbound(std::span<const std::uint8_t> bytes, bool enabled, double now,
                                Time time) {
  handOver();
  noticeTime(now);
  if (bytes.size() > options_.bytes) return drop(tooLarge(), {});
  if (books().rejects.any() && isLimited(peekSender(bytes), now)) return {.limited = true};
  if (auto ordered = readOrdered(bytes, options_.limits, latest_)) {
    return decide(std::move(*ordered), bytes, enabled, now, time);
  }
  auto message = decode(bytes, options_.limits);
  if (!message) return drop({reasonOf(message.error()), message.error().message}, {});
  auto read = readEnvelope(message.value());
  if (!read) return drop({DropReason::Protocol, read.error().message}, {});
  return decide(std::move(read).value(), bytes, enabled, now, time);
}

Bridge::Inbound Bridge::decide(Envelope envelope, std::span<const std::uint8_t> bytes, bool enabled,
                               double now, Time time) {
  if (isLimited(envelope.sender, now)) return {.limited = true};
  const Value sent = envelope.action;
  const Contract* const contract = contracts_.find(envelope.type());
  auto refusal = judge(envelope, contract, enabled, now);
  if (log_ != nullptr && enabled) learn(envelope, sent, bytes, !refusal, time);
  if (refusal) return reject(envelope, std::move(*refusal), now);
  if (envelope.action.identical(sent) && !contract->allowsCredentials) latest_ = envelope;
  return books().parked.expects(envelope.type()) ? park(envelope, bytes, now)
                                                 : accept(envelope, *contract);
}

bool Bridge::isLimited(std::string_view sender, double now) {
  const bool limited = books().rejects.isLimited(sender, now);
  if (limited) countLimited();
  return limited;
}

Bridge::Inbound Bridge::accept(const Envelope& envelope, const Contract& contract) {
  Inbound inbound = admit(envelope, contract, {});
  inbound.gap = books().gaps.before(envelope.sender, envelope.seq);
  return inbound;
}

Bridge::Inbound Bridge::admit(const Envelope& envelope, const Contract& contract,
                              std::string park) {
  admitted_ = {{{envelope.clock, envelope.sender, envelope.seq},
                Text(*envelope.action.find(typeKey())),
                contract.lastWins},
               std::move(park)};
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
  if (contract == nullptr) return unlisted(envelope.type(), books().gaps.accepts(envelope.sender));
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
  const Stamp* const last =
      contract.lastWins ? books().lastApplied.find(Key(envelope.type())) : nullptr;
  if (last != nullptr && isOlder({envelope.clock, envelope.sender, envelope.seq}, *last)) {
    return Refusal{DropReason::Stale, "a newer action of this type was applied already"};
  }
  // A converging slice has it whatever its clock, which only orders it.
  if (log_ != nullptr && isForLog(envelope.type())) return std::nullopt;
  // What our own clock told before it was set back, a peer's may have told when it sent this.
  const double latest = std::max(now, latestNow_);
  if (envelope.wall.value_or(envelope.clock) > latest + kMostAhead || envelope.clock > kLastClock) {
    return Refusal{DropReason::Clock, "the sender's clock is more than a minute ahead"};
  }
  return std::nullopt;
}

std::optional<Refusal> Bridge::judgeOrigin(const Envelope& envelope, bool enabled) const {
  if (envelope.sender == self_ || isBridged(envelope.action)) {
    return Refusal{DropReason::Echo, "the action comes from this store or was bridged before"};
  }
  if (wasAccepted(envelope) || wasHeard(envelope)) return duplicate();
  if (!enabled) return Refusal{DropReason::Off, "the bridge is switched off"};
  return std::nullopt;
}

bool Bridge::wasHeard(const Envelope& envelope) const {
  return books().heard.contains(envelope.type(), envelope.sender, envelope.seq);
}

// A stranger may send any type. Merely absent is what a contract listed once, what is expected, and
// the event of a slice that was never here when a peer sends it whose other messages were accepted.
bool Bridge::isAbsent(std::string_view type, bool isPeer) const {
  const auto anyListed = [&](const auto& holds) {
    return std::any_of(books().listed.begin(), books().listed.end(),
                       [&](const Key& key) { return holds(key.text()); });
  };
  if (books().parked.expects(type)) return true;
  if (anyListed([&](std::string_view listed) { return listed == type; })) return true;
  const auto end = type.rfind('/');
  if (!isPeer || end == std::string_view::npos) return false;
  const auto slice = type.substr(0, end);
  return !anyListed([&](std::string_view listed) { return isBelow(slice, listed); });
}

Refusal Bridge::unlisted(std::string_view type, bool isPeer) const {
  if (!isAbsent(type, isPeer)) return {DropReason::Type, "no contract lists this action type"};
  return {DropReason::Absent, "the slice or app whose contract lists this type is not here"};
}

bool Bridge::wasAccepted(const Envelope& envelope) const {
  const auto isSame = [&](const Unsettled& message) {
    return message.stamp.sender == envelope.sender && message.stamp.seq == envelope.seq;
  };
  return books().accepted.contains(envelope.sender, envelope.seq) ||
         books().parked.contains(envelope.sender, envelope.seq) ||
         std::any_of(books().unsettled.begin(), books().unsettled.end(), isSame);
}

Bridge::Inbound Bridge::drop(Refusal refusal, std::string type) {
  countDrop(refusal.reason, type);
  return dropped(std::move(refusal), std::move(type));
}

Bridge::Inbound Bridge::dropped(Refusal refusal, std::string type) {
  return {.reason = refusal.reason, .type = std::move(type), .message = std::move(refusal.message)};
}

// What a peer does not hear about, or knows in another version, it may well send. What breaks the
// contract's rules its own bridge would have kept.
Bridge::Inbound Bridge::reject(const Envelope& envelope, Refusal refusal, double now) {
  const bool isBad = refusal.reason == DropReason::Schema || refusal.reason == DropReason::Secret ||
                     refusal.reason == DropReason::Clock;
  books_.change([&](Books& books) {
    if (refusal.reason != DropReason::Echo) books.gaps.dropped(envelope.sender, envelope.seq);
    if (isBad) books.rejects.rejected(envelope.sender, now);
    books.counters.countDrop(refusal.reason, envelope.type());
  });
  return dropped(std::move(refusal), std::string(envelope.type()));
}

}  // namespace isthmus
