#include "bridge/reject_limit.h"

#include <cmath>

namespace isthmus {

// A clock that was set back must not limit anyone for as long, so it counts as one that went on.
double RejectLimit::roomNow(const Bucket& bucket, double now) const {
  const double seconds = std::abs(now - bucket.at) / 1000;
  return std::min(bucket.room + seconds * perSecond_, perSecond_);
}

bool RejectLimit::isLimited(std::string_view sender, double now) const {
  const Bucket* const bucket = buckets_.find(sender);
  return bucket != nullptr && roomNow(*bucket, now) < 1;
}

void RejectLimit::rejected(std::string_view sender, double now) {
  Bucket& bucket = buckets_.enter(sender, [&] { return Bucket{perSecond_, now}; });
  bucket = {std::max(roomNow(bucket, now) - 1, 0.0), now};
}

void RejectLimit::save(Encoder& encoder) const {
  saveCount(encoder, buckets_.size());
  buckets_.each([&](const std::string& id, const Bucket& bucket) {
    encoder.text(id);
    encoder.float64(bucket.room);
    encoder.float64(bucket.at);
  });
}

void RejectLimit::load(Loader& from) {
  from.each([&] {
    auto id = from.text();
    const double room = from.time();
    buckets_.append(std::move(id), {room, from.time()});
  });
}

}  // namespace isthmus
