// Settling: the keeper's lock, cuts and what becomes of them. Any replica may cut at any time, the
// longer chain stays; one keeper at a time only spares the others work.

#include <algorithm>

#include "log/log.h"

namespace isthmus {
namespace {

constexpr Time kPullAgain = 200;
constexpr int kSleepers = 8;  // times as long a wait for one who is there, and may be asleep
constexpr Time kFirstBeacon = 600;
constexpr std::size_t kMostRows = 256;  // senders whose numbers are remembered
constexpr Place kRowsWithin = 4096;     // entries since those of a sender that may be forgotten
constexpr std::size_t kMostRowsAtAll = 1024;  // about; of a flood of senders the oldest go earlier

// The place before which rows may be forgotten.
Place rowsFrom(const std::vector<Covered::Row>& rows, Place end) {
  const Place before = end > kRowsWithin ? end - kRowsWithin : 0;
  if (rows.size() <= kMostRowsAtAll) return before;
  std::vector<Place> latest;
  latest.reserve(rows.size());
  for (const auto& row : rows) latest.push_back(row.latest);
  const auto from = latest.end() - static_cast<std::ptrdiff_t>(kMostRowsAtAll);
  std::nth_element(latest.begin(), from, latest.end());
  return std::max(before, *from);
}

}  // namespace

void Log::tickUnsettled(Time now) {
  if (order().tentative().empty() || isJoining_) return;
  if (isKeeper_) {
    const Time at = std::max({quietUntil_, nextCutAt_, oldest_ + options_.settleAfter});
    if (now >= at) cut(now);
  } else if (options_.settles && now >= nextLockAt_ &&
             now >= unsettledSince_ + options_.lockAfter) {
    wantLock(now);
  }
  if (!order().tentative().empty() && now >= resendAt_) resend(now);
}

void Log::wantLock(Time now) {
  const Time wait = isHidden_ ? options_.lockAfter * 16 : options_.lockAfter;
  if (now < unsettledSince_ + wait) {
    nextLockAt_ = unsettledSince_ + wait;
    return;
  }
  nextLockAt_ = now + 500 + random(200);
  if (!options_.usesLocks) {
    if (now >= keeperHeardAt_ + options_.lockAfter + 200 + random(900)) becomeKeeper(now);
    return;
  }
  // A hidden page runs so seldom that it cannot tell a silent keeper from a busy one.
  const bool isSilent = !isHidden_ && now >= unsettledSince_ + options_.stealAfter &&
                        now >= keeperHeardAt_ + options_.stealAfter;
  if (isSilent) {
    wish_ = LockWish::Steal;
  } else if (!isLockAsked_) {
    wish_ = LockWish::Request;
  }
  isLockAsked_ = true;  // so that a page that goes meanwhile gives it back
  greetings_ = 1;
  greetWithin(10, now);
}

void Log::resend(Time now) {
  std::vector<EntryPtr> again;
  const Key beginnings = rowOfBeginnings(options_.self);
  for (const auto& [entry, since] : order().tentative()) {
    const bool isOwn = entry->id.sender == options_.self || entry->id.sender == beginnings;
    if (isOwn || resends_ > 1) again.push_back(entry);
    if (again.size() >= options_.batch) break;
  }
  postEntries({}, std::move(again));
  ++resends_;
  resendAt_ = now + options_.resendAfter * (1 << std::min(resends_, 3)) + random(50);
}

void Log::findOldest() {
  oldest_ = kNever;
  for (const auto& each : order().tentative()) oldest_ = std::min(oldest_, each.since);
}

namespace {

// Whether its row begins with it, where `highest` is settled of the row.
bool isFirst(const Entry& entry, std::uint64_t highest) {
  return entry.isRepaired ? entry.first == entry.id.seq : highest == 0;
}

}  // namespace

// Soon when its sender's page is gone, late when it is there and may only be asleep.
bool Log::isGivenUp(const Tentative& tentative, const Key& sender, Time now) const {
  const bool isThere = options_.usesLocks && std::find(present_.begin(), present_.end(),
                                                       senderOf(sender)) != present_.end();
  const Time wait = isThere ? kSleepers * options_.giveUpAfter : options_.giveUpAfter;
  return now - std::max(tentative.since, awakeSince_) > wait &&
         now - keeperSince_ > options_.giveUpAfter / 2;
}

bool Log::isReady(const Tentative& tentative, const Covered& covered, Time now,
                  std::vector<Run>& holes) const {
  const Entry& entry = *tentative.entry;
  const auto& [sender, seq] = entry.id;
  holes.clear();
  if (!covered.isHole(entry.id)) {
    const auto highest = covered.highest(sender);
    if (seq <= highest) return false;
    if (seq > highest + 1) {
      const bool isHere = order().knows({sender, seq - 1});
      if (isHere) return false;
      if (!isFirst(entry, highest) && !isGivenUp(tentative, sender, now)) return false;
      holes.push_back({sender, highest + 1, seq - 1});
    }
  }
  return std::all_of(entry.after.begin(), entry.after.end(), [&](const EntryId& id) {
    return id.seq <= covered.highest(id.sender) || isGivenUp(tentative, id.sender, now);
  });
}

void Log::cut(Time now) {
  Covered covered = order().covered();
  std::vector<EntryPtr> entries;
  Stretch stretch{head(), head(), {}, {}};
  std::vector<Run> holes;
  for (const auto& tentative : order().tentative()) {
    if (entries.size() >= options_.batch) break;
    const bool isDue = isCrowded() || forgotten_ == order().end();
    if (!isDue && now < tentative.since + options_.settleAfter / 2) continue;
    if (!isReady(tentative, covered, now, holes)) {
      isGapKnown_ = true;
      greetWithin(60, now);
      gapAt_ = std::min(gapAt_, now + 20);
      continue;
    }
    const Place place = head().n + entries.size() + 1;
    for (const auto& hole : holes) {
      covered.giveUp(hole.sender, hole.last);
      stretch.marks.push_back({place, hole});
      if (!isFirst(*tentative.entry, hole.first - 1)) {
        tell({LogNews::Kind::Lost, hole, hole.last - hole.first + 1});
      }
    }
    covered.add(tentative.entry->id, place);
    entries.push_back(tentative.entry);
  }
  nextCutAt_ = now + options_.settleAfter;
  crowdedAt_ = entries.empty() ? nextCutAt_ : now;
  if (entries.empty()) return;
  std::uint64_t epoch = books().epoch;
  const bool isMine = head().keeper == options_.self && head().epoch == epoch && epoch > 0;
  if (!isMine || epoch < epochSeen_) epoch = std::max(epochSeen_, epoch) + 1;
  epochSeen_ = std::max(epochSeen_, epoch);
  books_.change([&](Books& books) { books.epoch = epoch; });
  stretch.segments = {{head().n + 1, epoch, options_.self}};
  auto cut = message(MessageKind::Cut);
  cut.base = head();
  cut.runs = runsOf(entries);
  cut.segments = stretch.segments;
  cut.lost = stretch.marks;
  settle(entries, stretch, now);
  beaconAt_ = now + kFirstBeacon;
  beacons_ = 0;
  postCut(std::move(cut), now);
}

// What all of it stands in now is told with it; without entries it is a beacon.
void Log::postCut(Message cut, Time now) {
  renewStable(now);
  cut.stable = stable_;
  if (forgotten_ > order().base().n) cut.forgotten = forgotten_;
  cut.asks = order().settled().size() > options_.keep || cut.forgotten > 0;
  if (cut.runs.empty()) cut.base = head();
  post(std::move(cut));
  drop();
}

void Log::settle(std::span<const EntryPtr> entries, const Stretch& stretch, Time now) {
  const Place end = order().end();
  const Place kept =
      books_.change([&](Books& books) { return books.order.settle(entries, stretch); });
  if (kept < end) changed(kept);
  hasChanged_ = true;
  beUnsettled(now);
  findOldest();
  if (order().tentative().empty()) idleSince_ = now;
}

// What everyone has who is there, asleep or not, or was heard lately. Alone, whoever comes back may
// have another history: then nothing becomes stable.
void Log::renewStable(Time now) {
  Place least = head().n;
  bool isAlone = true;
  const auto consider = [&](const Peer* peer) {
    isAlone = false;
    if (peer == nullptr) {
      least = std::min(least, order().base().n);
    } else if (order().isOn(peer->head)) {
      least = std::min(least, peer->head.n);
    } else {
      least = std::min(least, peer->head.n < order().base().n ? order().base().n : 0);
    }
  };
  for (const Key& id : present_) {
    const auto peer =
        std::find_if(peers_.begin(), peers_.end(), [&](const Peer& each) { return each.id == id; });
    consider(peer == peers_.end() ? nullptr : &*peer);
  }
  for (const auto& peer : peers_) {
    if (now - peer.at <= options_.heardWithin) consider(&peer);
  }
  if (!isAlone) stable_ = std::max(stable_, least);
}

void Log::takeCut(const Message& message, Time now) {
  forgotten_ = std::max(forgotten_, std::min(message.forgotten, order().end()));
  if (!isLonger(message.head, head())) {
    if (message.head == head()) {
      stable_ = std::max(stable_, std::min(message.stable, head().n));
      drop();
      if (message.asks) post(this->message(MessageKind::At, message.from));
    } else if (!order().isOn(message.head) || isKeeper_) {
      post(this->message(MessageKind::At, message.from));  // so that its keeper hears of more
    }
    return;
  }
  if (isKeeper_) giveLockBack();
  if (message.runs.empty()) {  // a beacon
    greetWithin(20, now);
    greetings_ = 1;
    return;
  }
  pending_ = message;
  pendingAt_ = now + 40;
  tryPending(now);
  if (pending_) pullPending(now);
}

// A cut or delta whose entries are all here is taken over.
void Log::tryPending(Time now) {
  if (!pending_) return;
  if (!isLonger(pending_->head, head())) {
    stable_ =
        std::max(stable_, std::min(pending_->stable, pending_->head == head() ? head().n : 0));
    pending_.reset();
    return;
  }
  if (!order().isOn(pending_->base)) return;
  const auto ids = idsOf(pending_->runs);
  const bool isWhole = std::all_of(ids.begin(), ids.end(),
                                   [&](const EntryId& id) { return order().find(id) != nullptr; });
  if (!isWhole) return;
  const Message message = *std::exchange(pending_, std::nullopt);
  if (!adopt(message, ids, now)) return;
  stable_ = std::max(stable_, std::min(message.stable, head().n));
  drop();
  if (message.asks) post(this->message(MessageKind::At, message.from));
}

void Log::pullPending(Time now) {
  pendingAt_ = now + kPullAgain;
  if (!isHeard(pending_->from, now)) return pending_.reset();
  if (!order().isOn(pending_->base)) {
    greetings_ = 1;
    if (greetAt_ > now + 30) greetAt_ = now + 10 + random(20);
    return;
  }
  auto pull = message(MessageKind::Pull, pending_->from);
  for (const auto& id : idsOf(pending_->runs)) {
    if (order().find(id) != nullptr) continue;
    auto& runs = pull.runs;
    if (!runs.empty() && runs.back().sender == id.sender && runs.back().last + 1 == id.seq) {
      runs.back().last = id.seq;
    } else {
      runs.push_back({id.sender, id.seq, id.seq});
    }
  }
  if (!pull.runs.empty()) post(std::move(pull));
}

// The order goes on from a point of our chain as the message says; all its entries are here.
bool Log::adopt(const Message& message, std::span<const EntryId> ids, Time now) {
  const Stretch stretch{message.base, message.head, message.segments, message.lost};
  if (!order().takes(ids, stretch)) return false;
  if (isKeeper_ && !(message.head.keeper == options_.self)) giveLockBack();
  shorten(stretch.prev.n, now);
  std::vector<EntryPtr> entries;
  for (const auto& id : ids) entries.push_back(*order().find(id));
  settle(entries, stretch, now);
  seeEpoch(head().epoch);
  return true;
}

void Log::shorten(Place place, Time now) {
  if (place >= head().n) return;
  std::vector<Start> starts;  // of slices whose state is of the other branch
  for (const auto& [slice, since, state, records, refused] : histories_.slices()) {
    if (since <= place) continue;
    starts.push_back(
        {slice.name, place, {slice.seed, order().lineageAt(slice.name, place), false}});
  }
  books_.change([&](Books& books) {
    books.order.shorten(place, now);
    for (const auto& start : starts) put(books, start);
  });
  stable_ = std::min(stable_, place);
  findOldest();
  changed(place);
  rebase_->isFork = true;
  for (const auto& start : starts) startAnew(start, now + 50);
}

// Alone there is nobody who could lack it.
void Log::forget(Time now) {
  forgotten_ = order().end();
  if (!order().tentative().empty()) cut(now);
  postCut(message(MessageKind::Cut), now);
  const bool isAlone = options_.usesLocks && present_.empty();
  if (isAlone) stable_ = head().n;
  drop();
}

// Once everyone has what is to be forgotten, everyone is told so.
void Log::goOnForgetting(Time now) {
  if (stable_ >= forgotten_ || forgotten_ <= order().base().n) return;
  const Place before = stable_;
  renewStable(now);
  const bool isShared = stable_ >= std::min(forgotten_, head().n);
  if (isShared && stable_ > before) postCut(message(MessageKind::Cut), now);
}

bool Log::isOver() const {
  return order().settled().size() + order().tentative().size() > options_.entries;
}

// The keeper does not wait with so many, and others do not wait for a keeper.
bool Log::isCrowded() const {
  const std::size_t most = isKeeper_ ? options_.entries / 2 : options_.entries / 4 * 3;
  return order().tentative().size() > most;
}

void Log::makeRoom(Time now) {
  if (options_.settles && !isJoining_ && isCrowded() && now >= crowdedAt_) cut(now);
  if (isOver()) drop();
}

void Log::drop() {
  const Order& all = order();
  Place to = all.base().n;
  std::size_t kept = all.settled().size();
  std::size_t bytes = all.bytes();
  std::uint64_t early = 0;
  // Not one by one, since each time costs.
  const std::size_t entries = isOver() ? options_.entries / 8 * 7 : options_.entries;
  while (kept > 0) {
    if (rebase_ && to >= rebase_->kept) break;  // who holds states of their own is yet to read it
    const bool isStable = to + 1 <= stable_ && (kept > options_.keep || to + 1 <= forgotten_);
    const bool isTooMuch = kept + all.tentative().size() > entries || bytes > options_.bytes;
    if (!isStable && !isTooMuch) break;
    if (to + 1 > stable_) ++early;
    bytes -= all.at(to + 1)->bytes;
    ++to;
    --kept;
  }
  if (to > all.base().n) dropTo(to);
  if (early > 0) tell({LogNews::Kind::Early, {}, early});
}

void Log::dropTo(Place place) {
  playAll();
  std::vector<Start> starts = books().starts;
  for (auto& start : starts) {
    const auto* const slice = histories_.find(start.slice);
    if (slice == nullptr || slice->since >= place) continue;
    start.since = place;
    start.cell = Histories::at(*slice, place);
  }
  histories_.drop(place);
  const auto& rows = order().covered().rows();
  const bool isMany = rows.size() > kMostRows;
  const Place before = rowsFrom(rows, place);
  std::vector<Key> kept = present_;
  kept.push_back(options_.self);
  if (isMany) {
    for (const auto& each : order().settled()) kept.push_back(each->id.sender);
  }
  books_.change([&](Books& books) {
    books.order.drop(place);
    books.starts = starts;
    if (isMany) books.order.forgetRows(kept, before);
  });
}

}  // namespace isthmus
