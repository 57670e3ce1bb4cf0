#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bridge/drop_reason.h"
#include "value/saved.h"
#include "value/value.h"

namespace isthmus {

// How many actions crossed, and why others did not.
//
//   { sent, accepted,
//     limited,                                not looked at, since too many were dropped before
//     parked, discarded,                      held for a slice to come, and of these thrown away
//     dropped: { reason: count },             received, not applied
//     refused: { reason: count },             marked here, not sent
//     byType: { type: { reason: count } } }   both of these, where the type is known
//
// A type with a contract has a row of its own. Other types come from strangers, who could invent
// any number of them: a bounded number gets rows, the rest shares the row "(other)".
class Counters {
 public:
  explicit Counters(std::size_t strangeTypes) : strangeRowsLeft_(strangeTypes) {}

  void reserveRow(std::string_view type);
  void countSent() { ++sent_; }
  // One that was counted as sent was not, since the channel did not take it.
  void countUnsent(std::string_view type);
  void countAccepted() { ++accepted_; }
  void countLimited() { ++limited_; }
  void countParked() { ++parked_; }
  void countDiscarded(std::size_t messages) { discarded_ += messages; }
  // An empty type is an unknown one.
  void countDrop(DropReason reason, std::string_view type);
  void countRefusal(DropReason reason, std::string_view type);

  // As drawn above; counts of zero are left out below `dropped`, `refused` and `byType`.
  Value toValue() const;

  //   counters := number sent, accepted, limited, parked, discarded, counts dropped, refused,
  //               varint rows left for strange types, varint count, (string type, counts)*
  //   counts   := varint count, (varint reason, number)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  using Count = std::uint64_t;
  using ByReason = std::array<Count, kDropReasonCount>;

  struct Row {
    Key type;
    ByReason counts{};
  };

  static Value toValue(const ByReason& counts);
  static void save(Encoder& encoder, const ByReason& counts);
  static ByReason loadCounts(Loader& from);
  ByReason* find(const Key& type);
  ByReason& add(const Key& type);
  ByReason& rowOf(std::string_view type);
  void count(ByReason& total, DropReason reason, std::string_view type);

  Count sent_ = 0;
  Count accepted_ = 0;
  Count limited_ = 0;
  Count parked_ = 0;
  Count discarded_ = 0;
  ByReason dropped_{};
  ByReason refused_{};
  std::vector<Row> rows_;  // some hundreds at most, and keys compare by address
  std::size_t strangeRowsLeft_;
};

}  // namespace isthmus
