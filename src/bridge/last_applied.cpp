#include "bridge/last_applied.h"

#include <algorithm>

namespace isthmus {

bool isOlder(const Stamp& a, const Stamp& b) {
  if (a.clock != b.clock) return a.clock < b.clock;
  if (!(a.sender == b.sender)) return a.sender.view() < b.sender.view();
  return a.seq < b.seq;
}

const Stamp* LastApplied::find(const Key& type) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.type == type; });
  return found == entries_.end() ? nullptr : &found->stamp;
}

void LastApplied::add(const Key& type, Stamp stamp) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.type == type; });
  if (found == entries_.end()) {
    entries_.push_back({type, std::move(stamp)});
  } else if (isOlder(found->stamp, stamp)) {
    found->stamp = std::move(stamp);
  }
}

void save(Encoder& encoder, const Stamp& stamp) {
  encoder.float64(stamp.clock);
  encoder.text(stamp.sender.view());
  saveNumber(encoder, stamp.seq);
}

Stamp loadStamp(Loader& from) {
  Stamp stamp{.clock = from.time(), .sender = from.text()};
  stamp.seq = from.number();
  return stamp;
}

void LastApplied::save(Encoder& encoder) const {
  saveCount(encoder, entries_.size());
  for (const auto& [type, stamp] : entries_) {
    encoder.text(type.text());
    isthmus::save(encoder, stamp);
  }
}

void LastApplied::load(Loader& from) {
  from.each([&] {
    const Key type(from.text());
    entries_.push_back({type, loadStamp(from)});
  });
}

}  // namespace isthmus
