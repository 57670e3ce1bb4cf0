#include "log/order.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace isthmus {
namespace {

// Whether the segments are those of what lies between, the last the one of the head.
bool areSegmentsOf(const Stretch& stretch) {
  const auto& [prev, head, segments, marks] = stretch;
  if (prev.n == head.n) return segments.empty() && prev == head;
  if (segments.empty() || segments.front().first != prev.n + 1) return false;
  Place before = prev.n;
  for (const auto& segment : segments) {
    if (segment.first <= before || segment.first > head.n) return false;
    before = segment.first;
  }
  return segments.back().epoch == head.epoch && segments.back().keeper == head.keeper;
}

EntryId begunIn(const std::vector<Lineage>& lineages, const Key& slice) {
  const auto found = std::find_if(lineages.begin(), lineages.end(),
                                  [&](const Lineage& each) { return each.slice == slice; });
  return found == lineages.end() ? EntryId() : found->begun;
}

void raise(std::vector<EntryId>& highest, const EntryId& id) {
  const auto known = std::find_if(highest.begin(), highest.end(),
                                  [&](const EntryId& each) { return each.sender == id.sender; });
  if (known == highest.end()) {
    highest.push_back(id);
  } else {
    known->seq = std::max(known->seq, id.seq);
  }
}

// Those of the marks that stand before the entry at `place`, from `next` on.
void giveUpBefore(Covered& covered, std::span<const Mark> marks, std::size_t& next, Place place) {
  for (; next < marks.size() && marks[next].place <= place; ++next) {
    covered.giveUp(marks[next].run.sender, marks[next].run.last);
  }
}

}  // namespace

const EntryPtr& Order::at(Place place) const {
  const auto index = static_cast<std::size_t>(place - base_.n - 1);
  return index < settled_.size() ? settled_[index] : tentative_[index - settled_.size()].entry;
}

const EntryPtr* Order::find(const EntryId& id) const {
  const auto tentative = std::find_if(tentative_.rbegin(), tentative_.rend(),
                                      [&](const auto& each) { return each.entry->id == id; });
  if (tentative != tentative_.rend()) return &tentative->entry;
  if (!covered_.covers(id)) return nullptr;
  const auto settled = std::find_if(settled_.rbegin(), settled_.rend(),
                                    [&](const EntryPtr& each) { return each->id == id; });
  return settled == settled_.rend() ? nullptr : &*settled;
}

bool Order::mayBeTentative(const EntryId& id) const {
  return std::any_of(highest_.begin(), highest_.end(), [&](const EntryId& highest) {
    return highest.sender == id.sender && id.seq <= highest.seq;
  });
}

bool Order::knows(const EntryId& id) const {
  if (covered_.covers(id)) return true;
  return mayBeTentative(id) && std::any_of(tentative_.rbegin(), tentative_.rend(),
                                           [&](const auto& each) { return each.entry->id == id; });
}

Point Order::pointAt(Place place) const {
  if (place == base_.n) return base_;
  const Segment* const segment = segmentAt(segments_, place);
  return segment == nullptr ? base_ : Point{place, segment->epoch, segment->keeper};
}

bool Order::isOn(const Point& point) const {
  return point.n >= base_.n && point.n <= head_.n && pointAt(point.n) == point;
}

Covered Order::coveredAt(Place place) const {
  if (place == head_.n) return covered_;
  Covered covered = coveredAtBase_;
  std::size_t mark = 0;
  for (Place n = base_.n + 1; n <= place; ++n) {
    giveUpBefore(covered, marks_, mark, n);
    covered.add(at(n)->id, n);
  }
  return covered;
}

void Order::begin(std::vector<Lineage>& lineages, const Entry& entry) {
  if (!entry.beginning) return;
  const Beginning& beginning = *entry.beginning;
  const auto known = std::find_if(lineages.begin(), lineages.end(), [&](const Lineage& each) {
    return each.slice == beginning.slice;
  });
  if (known != lineages.end()) {
    if (known->begun == beginning.replaces) known->begun = entry.id;
  } else if (lineages.size() < kMostLineages) {
    lineages.push_back({beginning.slice, entry.id});
  }
}

EntryId Order::lineageAt(const Key& slice, Place place) const {
  auto lineages = lineagesAtBase_;
  for (Place n = base_.n + 1; n <= place; ++n) begin(lineages, *at(n));
  return begunIn(lineages, slice);
}

EntryId Order::lineage(const Key& slice) const { return begunIn(lineages_, slice); }

std::size_t Order::placeOfNew(const Entry& entry) const {
  const auto at =
      std::upper_bound(tentative_.begin(), tentative_.end(), entry,
                       [](const Entry& a, const Tentative& b) { return isBefore(a, *b.entry); });
  return static_cast<std::size_t>(at - tentative_.begin());
}

Place Order::insert(EntryPtr entry, double now) {
  const auto place = placeOfNew(*entry);
  if (tentative_.empty()) highest_.clear();
  raise(highest_, entry->id);
  bytes_ += entry->bytes;
  tentative_.insert(tentative_.begin() + static_cast<std::ptrdiff_t>(place),
                    {std::move(entry), now});
  return head_.n + place;
}

void Order::takeBack(const EntryId& id) {
  const auto found = std::find_if(tentative_.rbegin(), tentative_.rend(),
                                  [&](const Tentative& each) { return each.entry->id == id; });
  if (found == tentative_.rend()) return;
  bytes_ -= found->entry->bytes;
  tentative_.erase(std::next(found).base());
}

Place Order::settle(std::span<const EntryPtr> entries, const Stretch& stretch) {
  std::size_t alike = 0;  // stand where they were shown
  while (alike < entries.size() && alike < tentative_.size() &&
         tentative_[alike].entry == entries[alike]) {
    ++alike;
  }
  const Place kept = alike == entries.size() ? end() : head_.n + alike;
  const auto first = tentative_.begin();
  tentative_.erase(first, first + static_cast<std::ptrdiff_t>(alike));
  for (std::size_t i = alike; i < entries.size(); ++i) {
    std::erase_if(tentative_, [&](const Tentative& each) { return each.entry == entries[i]; });
  }
  std::size_t mark = 0;
  for (const auto& entry : entries) {
    ++head_.n;
    giveUpBefore(covered_, stretch.marks, mark, head_.n);
    covered_.add(entry->id, head_.n);
    begin(lineages_, *entry);
  }
  settled_.insert(settled_.end(), entries.begin(), entries.end());
  marks_.insert(marks_.end(), stretch.marks.begin(), stretch.marks.end());
  for (const auto& segment : stretch.segments) {
    const Segment* const last = segments_.empty() ? nullptr : &segments_.back();
    if (last == nullptr || last->epoch != segment.epoch || !(last->keeper == segment.keeper)) {
      segments_.push_back(segment);
    }
  }
  head_ = pointAt(head_.n);
  return stretch.marks.empty() ? kept : std::min(kept, head_.n + eraseCovered());
}

// Of a row with too many holes the oldest count as settled: what is tentative of them goes. Returns
// how many stand before them.
std::size_t Order::eraseCovered() {
  const auto isCovered = [&](const Tentative& each) { return covered_.covers(each.entry->id); };
  const auto first = std::find_if(tentative_.begin(), tentative_.end(), isCovered);
  const auto before = static_cast<std::size_t>(first - tentative_.begin());
  for (auto at = first; at != tentative_.end(); ++at) {
    if (isCovered(*at)) bytes_ -= at->entry->bytes;
  }
  tentative_.erase(std::remove_if(first, tentative_.end(), isCovered), tentative_.end());
  return before;
}

Place Order::shorten(Place place, double now) {
  std::vector<EntryPtr> back(settled_.begin() + static_cast<std::ptrdiff_t>(place - base_.n),
                             settled_.end());
  settled_.resize(static_cast<std::size_t>(place - base_.n));
  while (!segments_.empty() && segments_.back().first > place) segments_.pop_back();
  while (!marks_.empty() && marks_.back().place > place) marks_.pop_back();
  head_ = pointAt(place);
  recompute();
  for (auto& entry : back) {
    bytes_ -= entry->bytes;
    insert(std::move(entry), now);
  }
  return place;
}

void Order::recompute() {
  covered_ = coveredAtBase_;
  lineages_ = lineagesAtBase_;
  std::size_t mark = 0;
  Place place = base_.n;
  for (const auto& entry : settled_) {
    giveUpBefore(covered_, marks_, mark, ++place);
    covered_.add(entry->id, place);
    begin(lineages_, *entry);
  }
}

void Order::drop(Place place) {
  if (place <= base_.n) return;
  const Point next = pointAt(place);
  const auto count = static_cast<std::ptrdiff_t>(place - base_.n);
  std::size_t mark = 0;
  for (Place n = base_.n + 1; n <= place; ++n) {
    const EntryPtr& entry = at(n);
    giveUpBefore(coveredAtBase_, marks_, mark, n);
    coveredAtBase_.add(entry->id, n);
    begin(lineagesAtBase_, *entry);
    bytes_ -= entry->bytes;
  }
  marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(mark));
  settled_.erase(settled_.begin(), settled_.begin() + count);
  base_ = next;
  while (segments_.size() > 1 && segments_[1].first <= base_.n + 1) {
    segments_.erase(segments_.begin());
  }
  if (settled_.empty()) segments_.clear();
  if (!segments_.empty()) segments_.front().first = std::max(segments_.front().first, base_.n + 1);
}

void Order::restart(const Point& base, Covered covered, std::vector<Lineage> lineages, double now) {
  std::vector<EntryPtr> left = std::exchange(settled_, {});
  for (auto& each : std::exchange(tentative_, {})) left.push_back(std::move(each.entry));
  base_ = base;
  head_ = base;
  segments_.clear();
  marks_.clear();
  coveredAtBase_ = std::move(covered);
  lineagesAtBase_ = std::move(lineages);
  recompute();
  bytes_ = 0;
  for (auto& entry : left) {
    if (!knows(entry->id)) insert(std::move(entry), now);
  }
}

void Order::forgetRows(const std::vector<Key>& kept, Place before) {
  const auto keeps = [&](const Covered::Row& row) {
    return row.latest >= before || std::find(kept.begin(), kept.end(), row.sender) != kept.end();
  };
  coveredAtBase_.forget(keeps);
  covered_.forget(keeps);
}

bool Order::takes(std::span<const EntryId> ids, const Stretch& stretch) const {
  if (!isOn(stretch.prev) || stretch.head.n != stretch.prev.n + ids.size()) return false;
  Covered covered = coveredAt(stretch.prev.n);
  std::size_t mark = 0;
  Place place = stretch.prev.n;
  for (const auto& id : ids) {
    ++place;
    for (; mark < stretch.marks.size() && stretch.marks[mark].place == place; ++mark) {
      const Run& run = stretch.marks[mark].run;
      if (run.first != covered.highest(run.sender) + 1 || run.last < run.first) return false;
      covered.giveUp(run.sender, run.last);
    }
    if (!covered.takes(id)) return false;
    covered.add(id, place);
  }
  return mark == stretch.marks.size() && areSegmentsOf(stretch);
}

}  // namespace isthmus
