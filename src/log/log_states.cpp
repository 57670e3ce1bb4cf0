// States that are asked for: those of JavaScript's slices are to be given first.

#include <algorithm>

#include "log/digest.h"
#include "log/log.h"

namespace isthmus {
namespace {

constexpr std::size_t kMostWanted = 64;

}  // namespace

// The state of a slice at a place, where it is that of all.
std::optional<SliceState> Log::stateAt(const Histories::Slice& slice, Place place,
                                       std::span<const SliceState> states) {
  const Cell& cell = Histories::at(slice, place);
  if (!cell.isValid) return std::nullopt;
  SliceState state{slice.slice.name, place, cell.lineage, cell.state};
  if (slice.slice.program != nullptr) return state;
  const auto given = std::find_if(states.begin(), states.end(), [&](const SliceState& each) {
    return each.slice == state.slice && each.since == place;
  });
  if (given == states.end()) return std::nullopt;
  state.state = given->state;
  return state;
}

// Where the state is that of all for the first time, of what is kept between two places.
Place Log::earliest(const Histories::Slice& slice, Place base, Place end) {
  const Place first = std::max(slice.since, base);
  if (Histories::at(slice, first).isValid) return first;
  for (const auto& record : slice.records) {
    if (record.place > end) break;
    if (record.place > first && Histories::at(slice, record.place).isValid) return record.place;
  }
  return kNowhere;
}

// The state at the base with what is kept after it, so that the receiver can go back as far.
Message Log::snapshotOf(const Order& all, std::span<const SliceState> states) const {
  Message snapshot = message(MessageKind::Snapshot);
  snapshot.base = all.base();
  snapshot.segments = all.segments();
  snapshot.runs = runsOf(all.settled());
  snapshot.lost = all.marks();
  snapshot.entries = all.settled();
  for (const auto& each : all.tentative()) snapshot.entries.push_back(each.entry);
  snapshot.covered = all.coveredAtBase().rows();
  snapshot.lineages = all.lineagesAtBase();
  for (const auto& slice : histories_.slices()) {
    const Place place = earliest(slice, all.base().n, all.head().n);
    if (place == kNowhere) continue;
    if (auto state = stateAt(slice, place, states)) snapshot.slices.push_back(*std::move(state));
  }
  return snapshot;
}

void Log::want(const Wanted& wanted) {
  const bool isKnown = std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) {
    return each.use == wanted.use && each.to == wanted.to && each.slice == wanted.slice;
  });
  if (!isKnown && wanted_.size() < kMostWanted) wanted_.push_back(wanted);
}

// Where the state of a slice is asked for; nowhere where it is not.
Place Log::placeFor(const Wanted& wanted, const Histories::Slice& slice) const {
  const bool isIt = slice.slice.name == wanted.slice;
  switch (wanted.use) {
    case Use::Snapshot:
      return earliest(slice, order().base().n, head().n);
    case Use::Slice:
      return isIt ? head().n : kNowhere;
    case Use::Seed:
      return isIt && !slice.now.lineage ? order().end() : kNowhere;
    case Use::Digests:
      break;
  }
  return wanted.point.n;
}

std::vector<Log::StateWish> Log::stateWishes() const {
  std::vector<StateWish> wishes;
  for (const auto& wanted : wanted_) {
    for (const auto& slice : histories_.slices()) {
      if (slice.slice.program != nullptr) continue;
      const Place place = placeFor(wanted, slice);
      if (place != kNowhere && place >= slice.since) {
        wishes.push_back({slice.slice.name, place, wanted.use});
      }
    }
  }
  return wishes;
}

void Log::answer(std::span<const SliceState> states) {
  for (const auto& wanted : std::exchange(wanted_, {})) answerOne(wanted, states);
}

void Log::answerOne(const Wanted& wanted, std::span<const SliceState> states) {
  switch (wanted.use) {
    case Use::Snapshot: {
      auto snapshot = snapshotOf(order(), states);
      snapshot.to = wanted.to;
      return post(std::move(snapshot));
    }
    case Use::Slice:
      return postSlice(wanted.to, wanted.slice, states);
    case Use::Seed:
      for (const auto& [slice, place, lineage, state] : states) {
        if (slice == wanted.slice) beginWith(slice, {}, digestOf(state));
      }
      return;
    case Use::Digests:
      return answerDigests(wanted, states);
  }
}

void Log::postSlice(const Key& to, const Key& name, std::span<const SliceState> states) {
  const auto* const slice = histories_.find(name);
  const auto state = slice == nullptr ? std::nullopt : stateAt(*slice, head().n, states);
  if (!state) return;
  auto reply = message(MessageKind::Slice, to);
  reply.slice = name;
  reply.lineage = state->lineage;
  reply.point = head();
  reply.state = state->state;
  post(std::move(reply));
}

}  // namespace isthmus
