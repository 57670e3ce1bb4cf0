#pragma once

#include "bridge/recent_senders.h"
#include "value/saved.h"

namespace isthmus {

// How many messages of a sender may be rejected: so many at once, and so many more in a second. A
// sender that uses them up is limited until there is room for one again.
//
//   room   full ──each rejected: one less──► 0, limited ──time──► 1 ... full
//
// A sender is known here only after its first rejected message.
class RejectLimit {
 public:
  RejectLimit(std::size_t senders, std::size_t perSecond)
      : buckets_(senders), perSecond_(static_cast<double>(perSecond)) {}

  bool any() const { return !buckets_.empty(); }
  bool isLimited(std::string_view sender, double now) const;
  void rejected(std::string_view sender, double now);

  // limit := varint count, (string sender, float64 room, float64 at)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  struct Bucket {
    double room;
    double at;  // ms, when there was so much room
  };

  double roomNow(const Bucket& bucket, double now) const;

  RecentSenders<Bucket> buckets_;
  double perSecond_;
};

}  // namespace isthmus
