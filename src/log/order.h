#pragma once

#include <span>
#include <vector>

#include "log/covered.h"
#include "log/entry.h"
#include "log/point.h"

namespace isthmus {

// Numbers that were given up just before the entry at that place was settled.
struct Mark {
  Place place = 0;
  Run run = {};
};

// Slices that can have begun in one log.
inline constexpr std::size_t kMostLineages = 1024;

// The beginning that a slice's state descends from.
struct Lineage {
  Key slice;
  EntryId begun = {};
};

struct Tentative {
  EntryPtr entry;
  double since = 0;  // ms of the log's own time, when it came
};

// A part of the settled order: what follows `prev`.
struct Stretch {
  Point prev;
  Point head;
  std::vector<Segment> segments;
  std::vector<Mark> marks;
};

// The one order of a log's entries, in two parts:
//
//               base                      head                      end
//   ... dropped ... │ settled, by place    │ tentative, by `isBefore`
//
// A place is that of an entry in this line, tentative ones included. What changes the line returns
// how far it stayed as it was: the place of the last entry before the change.
class Order {
 public:
  const Point& base() const { return base_; }
  const Point& head() const { return head_; }
  Place end() const { return head_.n + tentative_.size(); }
  const std::vector<EntryPtr>& settled() const { return settled_; }
  const std::vector<Tentative>& tentative() const { return tentative_; }
  const std::vector<Segment>& segments() const { return segments_; }
  const std::vector<Mark>& marks() const { return marks_; }
  const Covered& coveredAtBase() const { return coveredAtBase_; }
  const Covered& covered() const { return covered_; }
  const std::vector<Lineage>& lineagesAtBase() const { return lineagesAtBase_; }
  std::size_t bytes() const { return bytes_; }
  std::size_t kept() const { return settled_.size() + tentative_.size(); }

  // From base + 1 to the end.
  const EntryPtr& at(Place place) const;
  const EntryPtr* find(const EntryId& id) const;
  bool knows(const EntryId& id) const;
  // Between base and head.
  Point pointAt(Place place) const;
  bool isOn(const Point& point) const;
  Covered coveredAt(Place place) const;
  // None: the slice has not begun. The settled order decides, up to a place or as a whole.
  EntryId lineageAt(const Key& slice, Place place) const;
  EntryId lineage(const Key& slice) const;
  const std::vector<Lineage>& lineages() const { return lineages_; }

  // An entry that it does not know.
  Place insert(EntryPtr entry, double now);
  // Takes the latest that was inserted back.
  void takeBack(const EntryId& id);
  // Settles tentative entries after the head: `takes` says whether that may be.
  Place settle(std::span<const EntryPtr> entries, const Stretch& stretch);
  // What stands behind is tentative again.
  Place shorten(Place place, double now);
  // Drops the settled entries up to a place.
  void drop(Place place);
  // Begins anew after what another replica has settled; what that does not cover is tentative.
  void restart(const Point& base, Covered covered, std::vector<Lineage> lineages, double now);
  void forgetRows(const std::vector<Key>& kept, Place before);

  // Whether the stretch's runs may follow on its `prev`, which is on this chain: every entry as its
  // row's next or one of its holes, the marks in their places, and the head as it says.
  bool takes(std::span<const EntryId> ids, const Stretch& stretch) const;

 private:
  std::size_t placeOfNew(const Entry& entry) const;
  bool mayBeTentative(const EntryId& id) const;
  void recompute();
  std::size_t eraseCovered();
  static void begin(std::vector<Lineage>& lineages, const Entry& entry);

  Point base_;
  Point head_;
  std::vector<Segment> segments_;
  std::vector<Mark> marks_;
  std::vector<EntryPtr> settled_;
  std::vector<Tentative> tentative_;
  // Of each row the highest number that was tentative since something is: what is above it is new.
  std::vector<EntryId> highest_;
  Covered coveredAtBase_;
  Covered covered_;
  std::vector<Lineage> lineagesAtBase_;
  std::vector<Lineage> lineages_;
  std::size_t bytes_ = 0;
};

}  // namespace isthmus
