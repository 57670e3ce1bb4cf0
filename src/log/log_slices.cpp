// Slices that come and go: where their states begin, and who has them.

#include <algorithm>

#include "log/log.h"
#include "value/codec.h"

namespace isthmus {
namespace {

constexpr std::size_t kMostWithout = 256;
constexpr Time kWithoutAfter = 900;  // ms after which a slice may be begun again that nobody has

}  // namespace

Log::Held* Log::heldOf(const Key& slice) {
  const auto found = std::find_if(held_.begin(), held_.end(),
                                  [&](const Held& each) { return each.slice == slice; });
  return found == held_.end() ? nullptr : &*found;
}

void Log::inject(ConvergingSlice slice, Time now) {
  const Key name = slice.name;
  const Place base = order().base().n;
  const Cell cell{slice.seed, order().lineageAt(name, base), false};
  const double clock = nextClock();
  books_.change([&](Books& books) {
    books.clock = clock;
    books.starts.push_back({name, base, cell});
    books.seeds.push_back({name, slice.seed, slice.seedDigest, clock});
  });
  areNamesNew_ = true;
  histories_.put(std::move(slice), base, cell);
  held_.push_back({name, now, clock});
  readAnew();
  if (!isJoining_) decide(held_.back(), now);
}

void Log::remove(const Key& name) {
  histories_.remove(name);
  std::erase_if(held_, [&](const Held& each) { return each.slice == name; });
  books_.change([&](Books& books) {
    std::erase_if(books.starts, [&](const Start& each) { return each.slice == name; });
    std::erase_if(books.seeds, [&](const Seed& each) { return each.slice == name; });
  });
}

std::vector<Key> Log::waiting(Time now) const {
  std::vector<Key> slices;
  for (const auto& held : held_) {
    const bool isLate = now >= held.since + options_.joinFor;
    if (isJoining_ || (!isLate && !isShared(held.slice))) slices.push_back(held.slice);
  }
  return slices;
}

bool Log::isShared(const Key& name) const {
  const auto* const slice = histories_.find(name);
  return slice != nullptr && slice->now.isValid;
}

void Log::put(Books& books, const Start& start) {
  for (auto& each : books.starts) {
    if (each.slice == start.slice) each = start;
  }
}

// Its history begins as the books say.
void Log::startAnew(const Start& start, Time askAt) {
  const auto& [name, since, cell] = start;
  if (auto* const slice = histories_.find(name)) Histories::reset(*slice, since, cell);
  if (!rebase_) rebase_ = Rebase{order().end()};
  rebase_->starts.push_back({name, since, cell.lineage, cell.state});
  Held* const held = heldOf(name);
  if (held == nullptr) return;
  if (cell.isValid && since > order().base().n) {
    held->wantAt = kNever;
    return;
  }
  held->hasBegun = false;
  held->elder = {};
  held->isElderAsked = false;
  held->isCarried = false;
  held->isDoubted = false;
  held->wantAt = askAt;
  held->wantSince = askAt;
  held->without.clear();
}

// Begins it if the order has no beginning of it; else asks for its state. What was dispatched
// meanwhile is not lost: it begins when it came, or, where that is settled, with what became of it.
void Log::decide(Held& held, Time now) {
  if (held.hasBegun) return;
  held.hasBegun = true;
  playAll();
  const auto* const slice = histories_.find(held.slice);
  if (slice == nullptr) return;
  if (isBegunTooLate(held)) return beginSlice(*slice, {}, now, held.clock);
  if (slice->now.isValid) return;
  const bool isNew = !slice->now.lineage;
  held.wantAt = isNew ? now + options_.wantEvery : now;
  held.wantSince = now;
  held.without.clear();
  if (!isNew || awaitElder(held, slice->slice, now)) return;
  if (held.isCarried || isOwnSettled(held))
    beginCarried(held);
  else
    beginSlice(*slice, {}, now, held.clock);
}

// Whether another replica's beginning stands behind own actions of since the slice came.
bool Log::isBegunTooLate(const Held& held) const {
  bool isOwnBefore = false;
  for (const auto& [entry, since] : order().tentative()) {
    if (entry->beginning && entry->beginning->slice == held.slice) return isOwnBefore;
    isOwnBefore |= entry->id.sender == options_.self && entry->clock > held.clock;
  }
  return false;
}

bool Log::isOwnSettled(const Held& held) const {
  const auto& settled = order().settled();
  return std::any_of(settled.begin(), settled.end(), [&](const EntryPtr& entry) {
    return entry->id.sender == options_.self && entry->clock > held.clock;
  });
}

// At `clock` it comes after nothing; without one after all that is known.
void Log::beginSlice(const Histories::Slice& slice, const EntryId& replaces, Time now,
                     std::optional<double> clock) {
  auto entry = std::make_shared<Entry>();
  entry->id = {rowOfBeginnings(options_.self), books().beginnings + 1};
  entry->clock = clock.value_or(nextClock());
  if (!clock) entry->after = causesOf(entry->id.sender);
  entry->beginning = Beginning{slice.slice.name, replaces, slice.slice.seedDigest};
  entry->message = encode(beginningMessage(*entry));
  entry->bytes = entry->message.size();
  playAll();
  if (!prepareOwn(entry, now)) return;  // no reducer sees it
  commitOwn(now);
  changed(std::min(ownKept_, order().end()));
  auto told = message(MessageKind::Entries);
  told.entries = {std::move(entry)};
  post(std::move(told));
  playAll();
}

// A change of the order may have taken a slice's lineage from it.
void Log::review(Time now) {
  noteReleases();
  if (!hasChanged_ || isJoining_) return;
  hasChanged_ = false;
  for (auto& held : held_) {
    if (held.wantAt != kNever || isShared(held.slice)) continue;
    held.wantAt = now + 50;
    held.wantSince = now;
    held.without.clear();
  }
}

void Log::tickSlices(Time now) {
  if (isJoining_) return;
  playAll();
  review(now);
  for (auto& held : held_) {
    if (!held.hasBegun) decide(held, now);
    if (now < held.wantAt) continue;
    if (held.elder) {
      tickElder(held, now);
      continue;
    }
    if (isShared(held.slice)) {
      held.wantAt = kNever;
      continue;
    }
    const EntryId line = order().lineage(held.slice);
    if (line && now - held.wantSince > kWithoutAfter && isWithoutAll(held)) {
      beginSlice(*histories_.find(held.slice), line, now);
      held.wantSince = now;
      held.without.clear();
    } else if (line) {
      auto want = message(MessageKind::Want);
      want.slice = held.slice;
      want.lineage = line;
      post(std::move(want));
    }
    held.wantAt = now + options_.wantEvery;
  }
}

// A sender has no state of it, or of the other release's slice that is waited for.
void Log::noteWithout(const Key& slice, const Key& sender) {
  for (auto& held : held_) {
    if (!(held.slice == slice) && !(held.elder == slice)) continue;
    auto& without = held.without;
    const bool isKnown = std::find(without.begin(), without.end(), sender) != without.end();
    if (!isKnown && without.size() < kMostWithout) without.push_back(sender);
  }
}

// Everyone who is there, awake or not, has said so.
bool Log::isWithoutAll(const Held& held) const {
  return std::all_of(present_.begin(), present_.end(), [&](const Key& id) {
    return std::find(held.without.begin(), held.without.end(), id) != held.without.end();
  });
}

void Log::takeWant(const Message& message, Time now) {
  const auto* const slice = histories_.find(message.slice);
  const bool isHere = slice != nullptr && slice->since <= head().n;
  const bool isValid = isHere && Histories::at(*slice, head().n).isValid;
  if (isValid && order().lineage(message.slice) == message.lineage) {
    want({Use::Slice, message.from, message.slice});
    return;
  }
  auto reply = this->message(MessageKind::At, message.from);
  // A replica that is behind does not say no.
  const bool isBehind = isLonger(message.head, head());
  if (!isBehind && !isValid) reply.slice = message.slice;
  if (isBehind) greetWithin(30, now);
  post(std::move(reply));
}

void Log::takeSlice(const Message& message) {
  Held* const held = heldOf(message.slice);
  if (held == nullptr) return offerElder(message);
  if (isShared(message.slice) && !held->isDoubted) return;
  if (!order().isOn(message.point)) return;
  if (!(order().lineageAt(message.slice, message.point.n) == message.lineage)) return;
  const Start start{message.slice, message.point.n, {message.state, message.lineage, true}};
  books_.change([&](Books& books) { put(books, start); });
  startAnew(start, kNever);
  changed(message.point.n);
  rebase_->isSnapshot = true;
  held->wantAt = kNever;
}

}  // namespace isthmus
