// How accepted messages are settled: the part of Bridge that counts what was applied.

#include "bridge/bridge.h"

namespace isthmus {

// Its place among the sender's numbers, or its end as one that waits.
void Bridge::enter(Books& books, const Admitted& admitted) {
  const Stamp& stamp = admitted.message.stamp;
  if (!admitted.park.empty()) {
    books.parked.take(admitted.park);
  } else if (!stamp.sender.empty()) {
    books.gaps.accepted(stamp.sender, stamp.seq);
  }
}

void Bridge::handOver() {
  if (!admitted_) return;
  books_.change([this](Books& books) {
    enter(books, *admitted_);
    books.unsettled.push_back(admitted_->message);
  });
  admitted_.reset();
}

void Bridge::settle(bool applied, DropReason refusal) {
  if (prepareSettle(applied, refusal)) commitSettle();
}

bool Bridge::prepareSettle(bool applied, DropReason refusal) {
  if (!admitted_ && books().unsettled.empty()) return false;
  settling_ = {admitted_ ? admitted_->message : books().unsettled.back(), applied, refusal};
  books_.prepare([this](Books& books) { record(books); });
  return true;
}

void Bridge::commitSettle() {
  books_.commit([this](Books& books) { record(books); });
  admitted_.reset();
}

void Bridge::record(Books& books) const {
  const auto& [message, applied, refusal] = *settling_;
  admitted_ ? enter(books, *admitted_) : books.unsettled.pop_back();
  if (!applied) {
    books.counters.countDrop(refusal, message.type);
    return;
  }
  books.counters.countAccepted();
  if (message.stamp.sender.empty()) return;
  books.accepted.add(message.stamp.sender, message.stamp.seq);
  if (message.lastWins) books.lastApplied.add(Key(message.type), message.stamp);
}

std::optional<std::vector<HeardRow>> Bridge::heard() const {
  if (admitted_ || !books().unsettled.empty()) return std::nullopt;
  std::vector<HeardRow> rows;
  books().accepted.eachRow([&](const std::string& sender, std::uint64_t first, std::uint64_t last) {
    rows.push_back({sender, first, last});
  });
  if (books().nextSeq > 1) rows.push_back({options_.sender, 1, books().nextSeq - 1});
  return rows;
}

}  // namespace isthmus
