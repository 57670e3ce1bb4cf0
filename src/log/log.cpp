// Life, messages and time of a replica.

#include "log/log.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::size_t kMostPeers = 256;
constexpr std::size_t kMostNews = 256;
constexpr std::uint64_t kHighestSeen = std::uint64_t{1} << 52U;
constexpr std::size_t kEntriesAtOnce = 256;
constexpr Time kAsleep = 2000;  // ms that a timer is late before it counts as sleep
constexpr Time kAsleepHidden = 70'000;
constexpr Time kQuietAwake = 150;  // ms in which what was missed may come
constexpr Time kQuietKeeper = 120;

}  // namespace

Log::Log(LogOptions options, Reading reading)
    : options_(std::move(options)),
      reading_(std::move(reading)),
      books_(Books()),
      histories_(options_.work),
      frames_(options_.messageBytes) {
  for (const char letter : options_.self.text()) {
    random_ = (random_ ^ static_cast<std::uint8_t>(letter)) * 0x0000'0100'0000'01B3U;
  }
}

// ── life ──

void Log::start(Time now) {
  lastRun_ = now;
  awakeSince_ = now;
  isJoining_ = true;
  joinUntil_ = now + options_.joinFor;
  if (options_.usesLocks && present_.empty()) return finishJoining(now);
  greet(now);
}

void Log::wake(Time now) {
  lastRun_ = now;
  awakeSince_ = now;
  quietUntil_ = now + kQuietAwake;
  pending_.reset();
  answers_.clear();
  if (!options_.usesLocks) isKeeper_ = false;
  greet(now);
}

// Whoever goes before somebody has answered begins alone: there may be no later.
void Log::sleep() {
  finishJoining(lastRun_);
  giveLockBack();
  beaconAt_ = kNever;
}

void Log::leave() {
  finishJoining(lastRun_);
  post(message(MessageKind::Bye));
  sleep();
}

void Log::setHidden(bool isHidden) {
  isHidden_ = isHidden;
  if (isHidden && isKeeper_) giveLockBack();
}

void Log::giveLockBack() {
  if (isKeeper_ || isLockAsked_) wish_ = LockWish::Release;
  isKeeper_ = false;
  isLockAsked_ = false;
  beaconAt_ = kNever;
}

void Log::lockGranted(Time now) {
  if (isKeeper_) return;
  if (!isLockAsked_) {  // it was given back meanwhile
    wish_ = LockWish::Release;
    return;
  }
  becomeKeeper(now);
}

void Log::becomeKeeper(Time now) {
  isLockAsked_ = false;
  isKeeper_ = true;
  keeperSince_ = now;
  idleSince_ = now;
  quietUntil_ = std::max(quietUntil_, now + kQuietKeeper);  // first hear whether somebody has more
  greet(now);
}

void Log::lockLost() {
  isKeeper_ = false;
  isLockAsked_ = false;
  beaconAt_ = kNever;
}

void Log::restore(const Books& books, Time now) {
  books_ = TwoCopies<Books>(books);
  for (const auto& [name, seed, digest, clock] : books.seeds) {
    if (Held* const held = heldOf(name)) held->clock = clock;
    auto* const slice = histories_.find(name);
    if (slice == nullptr || slice->slice.program == nullptr) continue;
    slice->slice.seed = seed;
    slice->slice.seedDigest = digest;
  }
  isJoining_ = false;
  epochSeen_ = books.epoch;
  seeEpoch(head().epoch);
  unsettledSince_ = now;
  findOldest();
  played_ = books.order.base().n;
  for (const auto& start : books.starts) {
    if (auto* const slice = histories_.find(start.slice)) {
      Histories::reset(*slice, start.since, start.cell);
    }
  }
  rebase_ = Rebase{played_};
  wish_ = LockWish::Release;  // of a lock that it may have had
  playAll();
  for (auto& held : held_) decide(held, now);
  wake(now);
}

// A page that slept has missed timers: time asleep is no waiting time. Those of hidden pages come a
// minute late without any sleep.
void Log::checkSlept(Time now) {
  const Time late = isHidden_ ? kAsleepHidden : kAsleep;
  const bool hasSlept = lastRun_ >= 0 && now - lastRun_ > late && deadline() < now - late;
  if (hasSlept) wake(now);
  lastRun_ = now;
}

Time Log::random(std::uint32_t below) {
  random_ ^= random_ << 13U;
  random_ ^= random_ >> 7U;
  random_ ^= random_ << 17U;
  return static_cast<Time>((random_ >> 11U) % below);
}

// ── messages ──

Message Log::message(MessageKind kind, const Key& to) const {
  Message message;
  message.kind = kind;
  message.to = to;
  return message;
}

void Log::sign(Message& message) const {
  message.from = options_.self;
  message.head = head();
  message.isKeeper = isKeeper_;
  message.isJoining = isJoining_;
}

void Log::post(Message message) {
  const bool tellsNames = message.kind == MessageKind::Hello ||
                          message.kind == MessageKind::Delta ||
                          message.kind == MessageKind::Snapshot || message.kind == MessageKind::At;
  if (tellsNames) message.names = names();
  sign(message);
  outbox_.push_back(std::move(message));
}

std::vector<Bytes> Log::toFrames(const Message& message) {
  return isthmus::toFrames(options_.self.text(), ++framed_, encode(toValue(message)));
}

void Log::postEntries(const Key& to, std::vector<EntryPtr> entries) {
  for (std::size_t from = 0; from < entries.size(); from += kEntriesAtOnce) {
    auto part = message(MessageKind::Entries, to);
    const auto first = entries.begin() + static_cast<std::ptrdiff_t>(from);
    const auto count = std::min(kEntriesAtOnce, entries.size() - from);
    part.entries.assign(first, first + static_cast<std::ptrdiff_t>(count));
    post(std::move(part));
  }
}

void Log::tell(const LogNews& news) {
  if (news_.size() < kMostNews) news_.push_back(news);
}

// Epochs go on from the highest that was seen; none is so high that they could not.
void Log::seeEpoch(std::uint64_t epoch) {
  epochSeen_ = std::max(epochSeen_, std::min(epoch, kHighestSeen));
}

void Log::hear(const Message& message, Time now) {
  seeEpoch(message.head.epoch);
  if (message.isKeeper) keeperHeardAt_ = now;
  const auto known = std::find_if(peers_.begin(), peers_.end(),
                                  [&](const Peer& peer) { return peer.id == message.from; });
  if (message.kind == MessageKind::Bye) {
    if (known != peers_.end()) peers_.erase(known);
    return;
  }
  if (known != peers_.end()) {
    known->head = message.head;
    known->at = now;
    return hearNames(*known, message);
  }
  if (peers_.size() >= kMostPeers) {
    peers_.erase(std::min_element(peers_.begin(), peers_.end(),
                                  [](const auto& a, const auto& b) { return a.at < b.at; }));
  }
  peers_.push_back({message.from, message.head, now});
  hearNames(peers_.back(), message);
}

void Log::receive(const Message& message, Time now) {
  if (message.from == options_.self) return;
  checkSlept(now);
  hear(message, now);
  take(message, now);
  // Whoever says so has more than we do. A cut may be on its way, so not at once.
  if (isLonger(message.head, head()) && message.kind != MessageKind::Bye && greetAt_ == kNever) {
    greetAt_ = now + 80 + random(120);
  }
  const bool isAnswer = message.kind == MessageKind::At && message.to == options_.self;
  if (isJoining_ && isAnswer && !message.isJoining) finishJoining(now);
  tryPending(now);
  playAll();
  review(now);
  sendAnswers(now);
}

void Log::take(const Message& message, Time now) {
  const bool isMine = message.to == options_.self;
  switch (message.kind) {
    case MessageKind::Entries:
      for (const auto& entry : message.entries) note(entry, now);
      return noteGaps(message.entries, now);
    case MessageKind::Pull:
      return pull(message);
    case MessageKind::Cut:
      return takeCut(message, now);
    case MessageKind::At:
      if (isMine && message.slice) noteWithout(message.slice, message.from);
      return goOnForgetting(now);
    case MessageKind::Hello:
      return takeHello(message, now);
    case MessageKind::Delta:
      cancelAnswers(message);
      for (const auto& entry : message.entries) note(entry, now);
      if (!isMine) return;
      if (!message.isJoining) finishJoining(now);
      pending_ = message;
      pendingAt_ = now + 40;
      return;
    case MessageKind::Snapshot:
      cancelAnswers(message);
      if (isMine) takeSnapshot(message, now);
      return;
    case MessageKind::Want:
      return takeWant(message, now);
    case MessageKind::Slice:
      if (isMine) takeSlice(message);
      return;
    case MessageKind::Digests:
      return takeDigests(message);
    case MessageKind::Bye:
      return;
  }
}

bool Log::isHeard(const Key& id, Time now) const {
  return std::any_of(peers_.begin(), peers_.end(), [&](const Peer& peer) {
    return peer.id == id && now - peer.at <= options_.heardWithin;
  });
}

// Of those that were heard lately: who is gone or asleep does not answer.
bool Log::isLongerKnown(Time now) const {
  return pending_ || std::any_of(peers_.begin(), peers_.end(), [&](const Peer& peer) {
           return now - peer.at <= options_.heardWithin && isLonger(peer.head, head());
         });
}

void Log::greet(Time now) {
  auto hello = message(MessageKind::Hello);
  hello.base = order().base();
  hello.segments = order().segments();
  post(std::move(hello));
  isGapKnown_ = false;
  greetings_ = std::max(greetings_ - 1, 0);
  const bool again = isLongerKnown(now) || isJoining_;
  greetAt_ = again ? now + options_.helloEvery + random(100) : kNever;
}

void Log::greetWithin(Time delay, Time now) {
  if (greetAt_ == kNever) greetAt_ = now + delay;
}

// ── time ──

Time Log::deadline() const {
  Time at = std::min(greetAt_, gapAt_);
  if (pending_) at = std::min(at, pendingAt_);
  for (const auto& answer : answers_) at = std::min(at, answer.at);
  if (isJoining_) return std::min(at, joinUntil_);
  for (const auto& held : held_) at = std::min(at, held.wantAt);
  if (isKeeper_) at = std::min(at, beaconAt_);
  if (order().tentative().empty()) {
    return isKeeper_ ? std::min(at, idleSince_ + options_.idleAfter) : at;
  }
  at = std::min(at, resendAt_);
  if (isKeeper_) {
    return std::min(at, std::max({oldest_ + options_.settleAfter, quietUntil_, nextCutAt_}));
  }
  const Time lockAt = std::max(nextLockAt_, unsettledSince_ + options_.lockAfter);
  return options_.settles ? std::min(at, lockAt) : at;
}

void Log::tick(Time now) {
  checkSlept(now);
  if (isJoining_ && now >= joinUntil_) finishJoining(now);
  if (now >= greetAt_) {
    if (isLongerKnown(now) || isGapKnown_ || greetings_ > 0 || isJoining_) {
      greet(now);
    } else {
      greetAt_ = kNever;
    }
  }
  sendAnswers(now);
  tickSlices(now);
  if (now >= gapAt_) pullGaps(now);
  if (pending_ && now >= pendingAt_) pullPending(now);
  tickUnsettled(now);
  if (isKeeper_ && now >= beaconAt_) {
    postCut(message(MessageKind::Cut), now);
    checkStates();
    beaconAt_ = beacons_ < 3 ? now + static_cast<Time>(800 << (2 * beacons_++)) : kNever;
  }
  if (isKeeper_ && order().tentative().empty() && now >= idleSince_ + options_.idleAfter) {
    giveLockBack();
  }
  playAll();
  review(now);
}

}  // namespace isthmus
