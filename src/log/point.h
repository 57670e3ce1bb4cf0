#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>

#include "value/key.h"

namespace isthmus {

// How many entries stand before, or the number of an entry, from 1.
using Place = std::uint64_t;

// A place on a chain: after `n` settled entries, the last of which a keeper settled in its epoch.
struct Point {
  Place n = 0;
  std::uint64_t epoch = 0;
  Key keeper = {};

  friend bool operator==(const Point&, const Point&) = default;
};

// Of two histories the longer stays: by settled entries, then epoch, then keeper.
inline bool isLonger(const Point& a, const Point& b) {
  if (a.n != b.n) return a.n > b.n;
  if (a.epoch != b.epoch) return a.epoch > b.epoch;
  if (a.keeper == b.keeper || !a.keeper) return false;
  return !b.keeper || a.keeper.text() > b.keeper.text();
}

// The entries from `first` on were settled by that keeper in that epoch, up to the next segment.
struct Segment {
  Place first = 0;
  std::uint64_t epoch = 0;
  Key keeper = {};
};

// The last that begins at or before that place, or nullptr; segments rise.
inline const Segment* segmentAt(std::span<const Segment> segments, Place place) {
  const auto next =
      std::upper_bound(segments.begin(), segments.end(), place,
                       [](Place n, const Segment& segment) { return n < segment.first; });
  return next == segments.begin() ? nullptr : &*std::prev(next);
}

}  // namespace isthmus
