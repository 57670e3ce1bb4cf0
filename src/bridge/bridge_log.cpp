// How crossing actions become entries of a log: the part of Bridge that serves converging slices.

#include <algorithm>

#include "bridge/bridge.h"
#include "bridge/mark.h"
#include "log/action_keys.h"
#include "value/size.h"

namespace isthmus {

void Bridge::openLog(LogOptions options) {
  firstInLog_ = books().nextSeq;
  options.self = Key(options_.sender);
  options.work = options_.work;
  log_ = std::make_shared<Log>(std::move(options),
                               [this](const Entry& entry) { return readEntry(entry); });
}

// Converging slices see it as every other store of this one's name does.
std::optional<Action> Bridge::readEntry(const Entry& entry) const {
  auto envelope = readEnvelope(messageOf(entry));
  if (!envelope) return std::nullopt;
  const Contract* const contract = contracts_.find(envelope.value().type());
  if (contract == nullptr || !contract->to.includes(options_.store) ||
      !contract->from.includes(envelope.value().from) || isBridged(envelope.value().action)) {
    return std::nullopt;
  }
  if (prepareToArrive(envelope.value(), *contract, options_.limits, options_.work)) {
    return std::nullopt;
  }
  return toAction(envelope.value().action);
}

Envelope Bridge::ownEnvelope(const Value& action, double now) const {
  Envelope envelope{self_, store_, books().nextSeq, now, {}, 1, markCrossing(action)};
  moveClock(envelope);
  const double clock = std::max(envelope.clock, log_->nextClock());
  if (clock > envelope.clock && !envelope.wall) envelope.wall = now;
  envelope.clock = clock;
  envelope.after.emplace();
  for (const auto& [row, seq] : log_->causes()) envelope.after->push_back({Text(row.text()), seq});
  envelope.first = firstInLog_;
  return envelope;
}

EntryPtr Bridge::ownEntry(const Envelope& envelope, const Bytes& message) const {
  auto entry = std::make_shared<Entry>();
  entry->id = {log_->options().self, envelope.seq};
  entry->clock = envelope.clock;
  entry->after = log_->causes();
  entry->first = envelope.first;
  entry->message = message;
  entry->bytes = message.size();
  const Contract& contract = *contracts_.find(envelope.type());
  const bool isAsRead = contract.to.includes(options_.store) && contract.emit.size() == 1 &&
                        envelope.schemaVersion == contract.schemaVersion;
  if (isAsRead) entry->reading = toAction(envelope.action);
  return entry;
}

// Whether a converging slice may have it. What JavaScript's have is not known here.
bool Bridge::isForLog(std::string_view type) const {
  const Key key(type);
  const auto& slices = log_->histories().slices();
  return std::any_of(slices.begin(), slices.end(), [&](const auto& each) {
    return each.slice.program == nullptr || each.slice.program->stepsFor(key) != nullptr;
  });
}

Result<Bridge::Outbound> Bridge::prepareOwn(const Value& action, bool enabled, double now,
                                            Time time) {
  discardOwn();
  noticeTime(now);
  log_->setTimeOfDay(now);
  Envelope envelope = ownEnvelope(action, now);
  const std::string type(envelope.type());
  Outbound sealed = seal(envelope, enabled || isForLog(type));
  if (sealed.verdict != Outbound::Verdict::Post) return sealed;
  auto status = log_->prepareOwn(ownEntry(envelope, sealed.bytes), time);
  if (!status) return std::move(status.error());
  own_ = {envelope.seq, envelope.clock, type, contracts_.find(type)->lastWins};
  if (options_.legacy) plain_ = makePlain(envelope.action, type, envelope.seq);
  return sealed;
}

void Bridge::prepareCommitOwn() {
  handOver();
  books_.prepare([this](Books& books) { recordSent(books, *own_); });
}

void Bridge::commitOwn(Time time) {
  books_.commit([this](Books& books) { recordSent(books, *own_); });
  log_->commitOwn(time);
  own_.reset();
}

void Bridge::discardOwn() {
  if (!own_) return;
  log_->discardOwn();
  own_.reset();
}

// What was accepted need not be judged once more.
void Bridge::learn(const Envelope& envelope, const Value& sent, std::span<const std::uint8_t> bytes,
                   bool isAccepted, Time time) {
  if (envelope.sender == self_ || isBridged(sent) || envelope.seq == 0) return;
  discardOwn();
  const auto entry = entryOf(envelope, bytes);
  if (isAccepted) entry->reading = toAction(envelope.action);
  log_->setTimeOfDay(latestNow_);
  log_->learn(entry, time);
}

}  // namespace isthmus
