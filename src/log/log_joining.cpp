// Joining and returning: hello, and what is answered to it.

#include <algorithm>

#include "log/log.h"

namespace isthmus {
namespace {

constexpr std::size_t kMostAnswers = 64;
constexpr std::size_t kDeltaEntries = 256;  // more go ahead of it

// How many settled entries of ours another history does not know to be settled.
std::uint64_t countUncovered(const Covered& ours, const Covered& theirs) {
  std::uint64_t count = 0;
  for (const auto& row : ours.rows()) {
    const auto highest = theirs.highest(row.sender);
    if (row.highest > highest) count += row.highest - highest;
    for (const auto& hole : row.holes) {
      if (hole.last > highest) count -= hole.last - std::max(hole.first - 1, highest);
    }
  }
  for (const auto& row : theirs.rows()) {
    for (const auto& hole : row.holes) {
      if (ours.covers({row.sender, hole.first})) count += hole.last - hole.first + 1;
    }
  }
  return count;
}

}  // namespace

void Log::finishJoining(Time now) {
  if (!isJoining_) return;
  isJoining_ = false;
  for (auto& held : held_) decide(held, now);
}

// Whether nobody else is known who would be asked to answer before us: of equals the one does whose
// id is the least.
bool Log::isFirstToAnswer(const Key& asker, Time now) const {
  const auto isBehind = [&](const Key& id) {
    return id == asker || options_.self.text() < id.text();
  };
  return std::all_of(present_.begin(), present_.end(), isBehind) &&
         std::all_of(peers_.begin(), peers_.end(), [&](const Peer& peer) {
           return now - peer.at > options_.heardWithin || isBehind(peer.id);
         });
}

void Log::takeHello(const Message& message, Time now) {
  const bool hasOther =
      message.isJoining && !isJoining_ && head().n > 0 && !(head() == message.head);
  if (isLonger(head(), message.head) || hasOther) {
    const bool isAtOnce = isKeeper_ || isHidden_ || isFirstToAnswer(message.from, now);
    const Time at = isAtOnce ? now : now + 20 + random(60);
    std::erase_if(answers_, [&](const Answer& each) { return each.hello.from == message.from; });
    if (answers_.size() < kMostAnswers) answers_.push_back({at, message});
  } else if (message.isJoining && !isJoining_) {
    std::vector<EntryPtr> entries;
    for (const auto& each : order().tentative()) entries.push_back(each.entry);
    postEntries(message.from, std::move(entries));
    post(this->message(MessageKind::At, message.from));
  } else if (isLonger(message.head, head())) {
    greetings_ = 1;
    greetWithin(10 + random(40), now);
  }
}

void Log::cancelAnswers(const Message& message) {
  std::erase_if(answers_, [&](const Answer& each) {
    return each.hello.from == message.to && !isLonger(head(), message.head);
  });
}

void Log::sendAnswers(Time now) {
  for (std::size_t i = 0; i < answers_.size();) {
    if (answers_[i].at > now) {
      ++i;
      continue;
    }
    const Message hello = std::move(answers_[i].hello);
    answers_.erase(answers_.begin() + static_cast<std::ptrdiff_t>(i));
    if (!isJoining_) answerHello(hello);
  }
}

// The highest place at which both are on one chain.
std::optional<Place> Log::common(const Message& hello) const {
  const Place lowest = std::max(order().base().n, hello.base.n);
  for (Place n = std::min(hello.head.n, head().n); n + 1 > lowest; --n) {
    Point theirs = hello.base;
    if (n != hello.base.n) {
      const Segment* const segment = segmentAt(hello.segments, n);
      if (segment == nullptr) {
        if (n == 0) break;
        continue;
      }
      theirs = {n, segment->epoch, segment->keeper};
    }
    if (theirs == order().pointAt(n)) return n;
    if (n == 0) break;
  }
  return std::nullopt;
}

void Log::answerHello(const Message& hello) {
  const auto from = common(hello);
  if (!from) {
    want({Use::Snapshot, hello.from});
    return;
  }
  auto delta = message(MessageKind::Delta, hello.from);
  delta.base = order().pointAt(*from);
  std::vector<EntryPtr> entries;
  for (Place n = *from + 1; n <= head().n; ++n) {
    entries.push_back(order().at(n));
    const Point point = order().pointAt(n);
    auto& segments = delta.segments;
    if (segments.empty() || segments.back().epoch != point.epoch ||
        !(segments.back().keeper == point.keeper)) {
      segments.push_back({n, point.epoch, point.keeper});
    }
  }
  delta.runs = runsOf(entries);
  for (const auto& mark : order().marks()) {
    if (mark.place > *from) delta.lost.push_back(mark);
  }
  delta.stable = stable_;
  for (const auto& each : order().tentative()) entries.push_back(each.entry);
  const auto ahead = entries.size() - std::min(entries.size(), kDeltaEntries);
  const auto split = entries.begin() + static_cast<std::ptrdiff_t>(ahead);
  postEntries(hello.from, {entries.begin(), split});
  delta.entries.assign(split, entries.end());
  post(std::move(delta));
}

// ── snapshots ──

void Log::takeSnapshot(const Message& message, Time now) {
  const bool isWanted = isLonger(message.head, head()) || (isJoining_ && !message.isJoining);
  if (!isWanted || !install(message, now)) return;
  if (isKeeper_) giveLockBack();
  if (!message.isJoining) finishJoining(now);
}

bool Log::begin(const Message& stored, Time now) {
  const bool isSnapshot = stored.kind == MessageKind::Snapshot;
  return isSnapshot && !isLonger(head(), stored.head) && install(stored, now);
}

// The order that a snapshot tells, with what we have and it does not as tentative; none where it
// does not hold.
static std::optional<Order> orderAfter(const Message& snapshot, Order order, Time now) {
  Covered covered;
  for (const auto& row : snapshot.covered) covered.put(row);
  order.restart(snapshot.base, std::move(covered), snapshot.lineages, now);
  for (const auto& entry : snapshot.entries) {
    if (!order.knows(entry->id)) order.insert(entry, now);
  }
  const auto ids = idsOf(snapshot.runs);
  const Stretch stretch{snapshot.base, snapshot.head, snapshot.segments, snapshot.lost};
  std::vector<EntryPtr> entries;
  for (const auto& id : ids) {
    const EntryPtr* const found = order.find(id);
    if (found == nullptr) return std::nullopt;
    entries.push_back(*found);
  }
  if (!order.takes(ids, stretch)) return std::nullopt;
  order.settle(entries, stretch);
  return order;
}

// Where a slice's history begins with a snapshot: at the state that it gives, if its place and
// lineage are those of the order.
Log::Start Log::startIn(const Message& snapshot, const Order& order,
                        const ConvergingSlice& slice) const {
  const Place base = order.base().n;
  const auto given =
      std::find_if(snapshot.slices.begin(), snapshot.slices.end(), [&](const SliceState& each) {
        return each.slice == slice.name && base <= each.since && each.since <= order.head().n &&
               order.lineageAt(each.slice, each.since) == each.lineage && each.lineage;
      });
  if (given != snapshot.slices.end()) {
    return {slice.name, given->since, {given->state, given->lineage, true}};
  }
  return {slice.name, base, {slice.seed, order.lineageAt(slice.name, base), false}};
}

bool Log::install(const Message& message, Time now) {
  const bool isOfUs = std::any_of(message.entries.begin(), message.entries.end(),
                                  [&](const auto& entry) { return isOwnToCome(entry->id); });
  if (isOfUs || message.lineages.size() > kMostLineages) return false;
  const auto next = orderAfter(message, order(), now);
  if (!next || next->covered().highest(options_.self) > books().made ||
      next->covered().highest(rowOfBeginnings(options_.self)) > books().beginnings) {
    return false;
  }
  const auto lost = countUncovered(order().coveredAtBase(), next->covered());
  if (lost > 0) tell({LogNews::Kind::Fork, {}, lost});
  std::vector<Start> starts;
  for (const auto& slice : histories_.slices()) {
    starts.push_back(startIn(message, *next, slice.slice));
  }
  double clock = 0;
  for (const auto& entry : message.entries) {
    if (follows(*entry)) clock = std::max(clock, entry->clock);
  }
  books_.change([&](Books& books) {
    books.order = *next;
    books.starts = starts;
    books.clock = std::max(books.clock, clock);
    for (const auto& entry : message.entries) learn(books, entry->id);
  });
  pending_.reset();
  stable_ = 0;
  seeEpoch(head().epoch);
  beUnsettled(now);
  findOldest();
  played_ = message.base.n;
  changed(message.base.n);
  rebase_->kept = message.base.n;
  rebase_->isSnapshot = true;
  for (const auto& start : starts) startAnew(start, now);
  playAll();
  offerElders(message);
  return true;
}

}  // namespace isthmus
