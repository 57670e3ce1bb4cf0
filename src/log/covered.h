#pragma once

#include <cstdint>
#include <vector>

#include "log/entry.h"
#include "log/point.h"
#include "value/key_index.h"

namespace isthmus {

// Which entries are settled: of each row all up to the highest, but for the holes, which were given
// up and may be filled later. Of more than kMostHoles the oldest count as settled.
//
//   row "a"  1 2 3 . . 6 7    highest 7, hole 4 to 5
class Covered {
 public:
  static constexpr std::size_t kMostHoles = 256;

  struct Row {
    Key sender;
    std::uint64_t highest = 0;
    std::vector<Run> holes = {};  // rising, apart
    Place latest = 0;             // of its last entry
  };

  bool covers(const EntryId& id) const;
  bool isHole(const EntryId& id) const;
  // 0 for an unknown row.
  std::uint64_t highest(const Key& sender) const;
  // Whether `add` takes it: the next number of its row, or one of a hole.
  bool takes(const EntryId& id) const { return id.seq == highest(id.sender) + 1 || isHole(id); }
  void add(const EntryId& id, Place place);
  // All that follow the highest, up to `last`, become a hole.
  void giveUp(const Key& sender, std::uint64_t last);

  const std::vector<Row>& rows() const { return rows_; }
  void put(Row row);
  // Forgets rows, but for those that `keeps` says to keep.
  template <typename Keeps>
  void forget(const Keeps& keeps) {
    std::erase_if(rows_, [&](const Row& row) { return !keeps(row); });
    index();
  }

 private:
  const Row* find(const Key& sender) const;
  Row& enter(const Key& sender);
  static void limitHoles(Row& row);
  void index();

  std::vector<Row> rows_;
  KeyIndex places_;
};

}  // namespace isthmus
