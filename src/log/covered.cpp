#include "log/covered.h"

#include <algorithm>
#include <utility>

namespace isthmus {
namespace {

auto holeOf(const std::vector<Run>& holes, std::uint64_t seq) {
  return std::find_if(holes.begin(), holes.end(),
                      [&](const Run& hole) { return hole.first <= seq && seq <= hole.last; });
}

}  // namespace

const Covered::Row* Covered::find(const Key& sender) const {
  const auto place = sender ? places_.find(sender) : std::nullopt;
  return place ? &rows_[*place] : nullptr;
}

Covered::Row& Covered::enter(const Key& sender) {
  if (const auto place = places_.find(sender)) return rows_[*place];
  places_.set(sender, static_cast<std::uint32_t>(rows_.size()));
  return rows_.emplace_back(Row{sender});
}

bool Covered::covers(const EntryId& id) const {
  const Row* const row = find(id.sender);
  return row != nullptr && id.seq <= row->highest && holeOf(row->holes, id.seq) == row->holes.end();
}

bool Covered::isHole(const EntryId& id) const {
  const Row* const row = find(id.sender);
  return row != nullptr && holeOf(row->holes, id.seq) != row->holes.end();
}

std::uint64_t Covered::highest(const Key& sender) const {
  const Row* const row = find(sender);
  return row == nullptr ? 0 : row->highest;
}

void Covered::add(const EntryId& id, Place place) {
  Row& row = enter(id.sender);
  row.latest = std::max(row.latest, place);
  if (id.seq > row.highest) {
    row.highest = id.seq;
    return;
  }
  const auto hole = row.holes.begin() + (holeOf(row.holes, id.seq) - row.holes.begin());
  if (hole == row.holes.end()) return;
  const Run above{id.sender, id.seq + 1, hole->last};
  hole->last = id.seq - 1;
  const auto next = hole->first > hole->last ? row.holes.erase(hole) : hole + 1;
  if (above.first <= above.last) row.holes.insert(next, above);
  limitHoles(row);
}

void Covered::limitHoles(Row& row) {
  if (row.holes.size() > kMostHoles) row.holes.erase(row.holes.begin());
}

void Covered::giveUp(const Key& sender, std::uint64_t last) {
  Row& row = enter(sender);
  if (last <= row.highest) return;
  row.holes.push_back({sender, row.highest + 1, last});
  row.highest = last;
  limitHoles(row);
}

void Covered::put(Row row) {
  const Key sender = row.sender;
  enter(sender) = std::move(row);
}

void Covered::index() {
  places_ = {};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    places_.set(rows_[i].sender, static_cast<std::uint32_t>(i));
  }
}

}  // namespace isthmus
