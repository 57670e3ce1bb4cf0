// Entries: own ones, those that come, and what is played of them.

#include <algorithm>

#include "log/log.h"

namespace isthmus {
namespace {

constexpr std::size_t kMostRebased = 64;  // that were not told yet
constexpr double kTick = 1.0 / 1024;      // ms, the least by which clocks differ
constexpr double kFollowed = 3'600'000;   // ms that a clock may be ahead of ours and is followed
constexpr std::size_t kMostAhead = 256;   // senders that are remembered to be
constexpr std::size_t kMostPulled = 256;  // runs of one pull
constexpr Time kGapAfter = 30;
constexpr Time kGapAgain = 400;

}  // namespace

double Log::nextClock() const { return std::max(books().clock + kTick, wall_); }

std::vector<EntryId> Log::causesOf(const Key& row) const {
  std::vector<EntryId> causes = books().learnt;
  std::erase_if(causes, [&](const EntryId& id) { return id.sender == row; });
  return causes;
}

void Log::learn(Books& books, const EntryId& id) {
  auto& learnt = books.learnt;
  const auto known = std::find_if(learnt.begin(), learnt.end(),
                                  [&](const EntryId& each) { return each.sender == id.sender; });
  if (known != learnt.end()) {
    known->seq = std::max(known->seq, id.seq);
    return;
  }
  learnt.push_back(id);
  if (learnt.size() > kMostCauses) learnt.erase(learnt.begin());
}

// An own entry: what is learnt from it on comes after it, and after what it came after; a beginning
// may come after nothing.
void Log::make(Books& books, const EntryPtr& entry) {
  if (!entry->beginning) books.learnt.clear();
  learn(books, entry->id);
  books.clock = std::max(books.clock, entry->clock);
  auto& latest = entry->beginning ? books.beginnings : books.made;
  latest = std::max(latest, entry->id.seq);
}

Status Log::prepareOwn(EntryPtr entry, Time now) {
  own_ = std::move(entry);
  ownKept_ = 0;
  books_.prepare([&](Books& books) {
    ownKept_ = books.order.insert(own_, now);
    make(books, own_);
  });
  const Order& next = booksAfterOwn().order;
  histories_.rewind(ownKept_);
  auto status = histories_.playOwn(ownKept_ + 1, *own_, actionOf(*own_));
  if (!status) {
    discardOwn();
    return status;
  }
  for (Place place = ownKept_ + 2; place <= next.end(); ++place) {
    histories_.play(place, *next.at(place), actionOf(*next.at(place)));
  }
  played_ = next.end();
  return Done{};
}

void Log::commitOwn(Time now) {
  if (order().tentative().empty()) beUnsettled(now);
  books_.commit([&](Books& books) {
    books.order.insert(own_, now);
    make(books, own_);
  });
  own_.reset();
  hasChanged_ = true;
  makeRoom(now);
  playAll();
}

void Log::discardOwn() {
  if (own_ == nullptr) return;
  books_.prepare([&](Books& books) {
    books.order.takeBack(own_->id);
    books.learnt = this->books().learnt;
    books.clock = this->books().clock;
    books.made = this->books().made;
    books.beginnings = this->books().beginnings;
  });
  own_.reset();
  histories_.rewind(ownKept_);
  played_ = std::min(played_, ownKept_);
  playAll();
}

void Log::learn(const EntryPtr& entry, Time now) {
  checkSlept(now);
  note(entry, now);
  noteGaps({&entry, 1}, now);
  makeRoom(now);
  playAll();
  review(now);
}

// Whether it says to be an entry of ours that we are yet to make.
bool Log::isOwnToCome(const EntryId& id) const {
  if (!(senderOf(id.sender) == options_.self)) return false;
  return id.seq > (id.sender == options_.self ? books().made : books().beginnings);
}

void Log::note(const EntryPtr& entry, Time now) {
  if (order().knows(entry->id) || isOwnToCome(entry->id)) return;
  const bool isFollowed = follows(*entry);
  if (order().tentative().empty()) beUnsettled(now);
  changed(books_.change([&](Books& books) {
    learn(books, entry->id);
    if (isFollowed) books.clock = std::max(books.clock, entry->clock);
    return books.order.insert(entry, now);
  }));
}

// The first tentative entry comes.
void Log::beUnsettled(Time now) {
  oldest_ = now;
  unsettledSince_ = now;
  resendAt_ = now + options_.resendAfter;
  resends_ = 0;
}

// A clock that is far ahead orders only its own entries; nobody else's are put after them.
bool Log::follows(const Entry& entry) {
  if (entry.clock <= wall_ + kFollowed) return true;
  const Key sender = senderOf(entry.id.sender);
  const bool isTold =
      std::find(aheadClocks_.begin(), aheadClocks_.end(), sender) != aheadClocks_.end();
  if (isTold || aheadClocks_.size() >= kMostAhead) return false;
  aheadClocks_.push_back(sender);
  tell({LogNews::Kind::Clock, {sender, entry.id.seq, entry.id.seq}, 1});
  return false;
}

// ── what is played ──

void Log::changed(Place kept) {
  hasChanged_ = true;
  if (!rebase_) rebase_ = Rebase{kept};
  rebase_->kept = std::min(rebase_->kept, kept);
  if (kept >= played_) return;
  rebase_->moved += played_ - kept;
  histories_.rewind(kept);
  played_ = kept;
}

void Log::playAll() {
  for (; played_ < order().end(); ++played_) {
    const EntryPtr entry = order().at(played_ + 1);
    histories_.play(played_ + 1, *entry, actionOf(*entry));
    if (senderOf(entry->id.sender) == options_.self) noteRefusal(*entry, played_ + 1);
  }
}

// Its reducers took it when it was dispatched.
void Log::noteRefusal(const Entry& entry, Place place) {
  const auto& slices = histories_.slices();
  const bool isRefused = std::any_of(slices.begin(), slices.end(), [&](const auto& slice) {
    return !slice.refused.empty() && slice.refused.back() == place;
  });
  if (isRefused && !entry.isRefused && rebase_) rebase_->refused.push_back(entry.id);
  entry.isRefused = isRefused;
}

void Log::committed(std::vector<Key> slices) {
  const bool isTold = isRebaseTold();
  auto rebase = takeRebase();
  if (isTold && rebased_.size() < kMostRebased) {
    rebased_.push_back({*std::move(rebase), std::move(slices)});
  }
}

const Action* Log::actionOf(const Entry& entry) {
  if (!entry.reading) entry.reading = entry.beginning ? std::nullopt : reading_(entry);
  return *entry.reading ? &**entry.reading : nullptr;
}

void Log::shown(const Key& name, const Value& state) {
  if (auto* const slice = histories_.find(name)) slice->now.state = state;
}

void Log::readAnew() {
  const Order& all = order();
  if (all.base().n == all.end()) return;
  for (Place place = all.base().n + 1; place <= all.end(); ++place) all.at(place)->reading.reset();
  changed(all.base().n);
  playAll();
}

// ── what is missing ──

namespace {

// The first number of the entry's row that is waited for; its own where none before it is.
std::uint64_t firstAwaited(const Order& order, const Entry& entry) {
  const auto highest = order.covered().highest(entry.id.sender);
  if (!entry.isRepaired && highest == 0) return entry.id.seq;
  return std::max(highest + 1, entry.first);
}

bool isBelowInRows(const EntryId& a, const EntryId& b) {
  if (a.sender == b.sender) return a.seq < b.seq;
  return a.sender.text() < b.sender.text();
}

// Those that are tentative, by row and number.
std::vector<const Entry*> byRow(const Order& order) {
  std::vector<const Entry*> entries;
  for (const auto& each : order.tentative()) entries.push_back(each.entry.get());
  std::sort(entries.begin(), entries.end(),
            [](const Entry* a, const Entry* b) { return isBelowInRows(a->id, b->id); });
  return entries;
}

bool holds(const std::vector<const Entry*>& rows, const EntryId& id) {
  const auto at = std::lower_bound(
      rows.begin(), rows.end(), id,
      [](const Entry* entry, const EntryId& other) { return isBelowInRows(entry->id, other); });
  return at != rows.end() && (*at)->id == id;
}

// The numbers before those that are neither covered nor here.
std::vector<Run> missingBefore(const Order& order, const std::vector<const Entry*>& rows) {
  std::vector<Run> missing;
  const Entry* before = nullptr;
  for (const Entry* const entry : rows) {
    const auto& [sender, seq] = entry->id;
    auto next = firstAwaited(order, *entry);
    if (before != nullptr && before->id.sender == sender) next = std::max(next, before->id.seq + 1);
    if (next < seq) missing.push_back({sender, next, seq - 1});
    before = entry;
  }
  return missing;
}

}  // namespace

void Log::noteGaps(std::span<const EntryPtr> entries, Time now) {
  if (gapAt_ != kNever) return;
  const auto isAhead = [&](const EntryPtr& entry) {
    const auto& [sender, seq] = entry->id;
    return firstAwaited(order(), *entry) < seq && !order().knows({sender, seq - 1});
  };
  const auto lacksCause = [&](const EntryPtr& entry) {
    return std::any_of(entry->after.begin(), entry->after.end(),
                       [&](const EntryId& id) { return !order().knows(id); });
  };
  if (std::any_of(entries.begin(), entries.end(),
                  [&](const auto& entry) { return isAhead(entry) || lacksCause(entry); })) {
    gapAt_ = now + kGapAfter;
  }
}

void Log::pullGaps(Time now) {
  gapAt_ = kNever;
  auto pull = message(MessageKind::Pull);
  const auto add = [&](const Run& run) {
    const bool isKnown = std::any_of(pull.runs.begin(), pull.runs.end(), [&](const Run& each) {
      return each.sender == run.sender && each.first <= run.first && run.last <= each.last;
    });
    if (!isKnown && pull.runs.size() < kMostPulled) pull.runs.push_back(run);
  };
  const auto rows = byRow(order());
  for (const auto& run : missingBefore(order(), rows)) add(run);
  for (const auto& [entry, since] : order().tentative()) {
    for (const auto& id : entry->after) {
      const bool isHere = order().covered().covers(id) || holds(rows, id);
      if (!isHere) add({id.sender, id.seq, id.seq});
    }
  }
  if (pull.runs.empty()) return;
  post(std::move(pull));
  gapAt_ = now + kGapAgain;
}

void Log::pull(const Message& message) {
  std::vector<EntryPtr> found;
  const auto wanted = [&](const EntryId& id) {
    return std::any_of(message.runs.begin(), message.runs.end(), [&](const Run& run) {
      return run.sender == id.sender && run.first <= id.seq && id.seq <= run.last;
    });
  };
  const Order& all = order();
  for (Place place = all.base().n + 1; place <= all.end(); ++place) {
    if (wanted(all.at(place)->id)) found.push_back(all.at(place));
  }
  postEntries(message.from, std::move(found));
}

}  // namespace isthmus
