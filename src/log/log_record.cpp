// What a storage keeps of the log, for a page that comes when all have gone.

#include <algorithm>

#include "log/log.h"

namespace isthmus {
namespace {

// Whether no reducer here takes it.
bool isIdle(const Entry& entry) { return entry.reading && !*entry.reading && !entry.beginning; }

}  // namespace

// Whether a slice here begins with that entry, at this place.
bool Log::isBegunBy(const Entry& entry, Place place) const {
  if (!entry.beginning) return false;
  const auto* const slice = histories_.find(entry.beginning->slice);
  if (slice == nullptr) return false;
  const Cell& cell = Histories::at(*slice, place);
  return cell.isValid && cell.lineage == entry.id;
}

// The tentative entries up to the last with which a slice here begins, if all of them can be
// settled.
std::vector<EntryPtr> Log::begunHere(std::vector<Mark>& marks) const {
  const auto& tentative = order().tentative();
  std::size_t count = tentative.size();
  while (count > 0 && !isBegunBy(*tentative[count - 1].entry, head().n + count)) --count;
  std::vector<EntryPtr> entries;
  Covered covered = order().covered();
  std::vector<Run> holes;
  for (std::size_t i = 0; i < count; ++i) {
    const EntryPtr& entry = tentative[i].entry;
    if (!isReady(tentative[i], covered, -kNever, holes)) return {};
    const Place place = head().n + i + 1;
    for (const auto& hole : holes) {
      covered.giveUp(hole.sender, hole.last);
      marks.push_back({place, hole});
    }
    covered.add(entry->id, place);
    entries.push_back(entry);
  }
  return entries;
}

// The states that slices begin with are in no entry. Where a beginning is not settled yet, it is in
// the record, as if this were the keeper, so that the state after it is; in an epoch that is used
// up.
Order Log::orderToKeep() {
  Order kept = order();
  if (!options_.settles) return kept;
  std::vector<Mark> marks;
  const auto entries = begunHere(marks);
  if (entries.empty()) return kept;
  const auto epoch = std::max(epochSeen_, books().epoch) + 1;
  epochSeen_ = epoch;
  books_.change([&](Books& books) { books.epoch = epoch; });
  kept.settle(entries, {head(), {}, {{head().n + 1, epoch, options_.self}}, std::move(marks)});
  return kept;
}

// Of what is settled it keeps what follows on that place.
Place Log::baseToKeep(std::size_t idleBytes) const {
  const Place base = order().base().n;
  std::size_t idle = 0;
  for (Place place = head().n; place > base; --place) {
    const Entry& entry = *order().at(place);
    if (isIdle(entry)) idle += entry.bytes;
    if (idle > idleBytes) return place;
  }
  return base;
}

std::vector<Log::StateWish> Log::wishesOfAll(std::size_t idleBytes) {
  playAll();
  std::vector<Mark> marks;
  const Place base = baseToKeep(idleBytes);
  const Place end = head().n + (options_.settles ? begunHere(marks).size() : 0);
  std::vector<StateWish> wishes;
  for (const auto& slice : histories_.slices()) {
    if (slice.slice.program != nullptr) continue;
    const Place place = earliest(slice, base, end);
    if (place != kNowhere) wishes.push_back({slice.slice.name, place});
  }
  return wishes;
}

Log::Record Log::record(std::span<const SliceState> states, std::size_t idleBytes) {
  playAll();
  Order kept = orderToKeep();
  kept.drop(baseToKeep(idleBytes));
  Record record{snapshotOf(kept, states)};
  sign(record.snapshot);
  record.snapshot.head = kept.head();
  std::size_t idle = 0;
  const auto isLeftOut = [&](const EntryPtr& entry) {
    if (!isIdle(*entry) || kept.covered().covers(entry->id)) return false;
    idle += entry->bytes;
    return idle > idleBytes;
  };
  record.isWhole = std::erase_if(record.snapshot.entries, isLeftOut) == 0;
  return record;
}

}  // namespace isthmus
