#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "native/log/campaign/plan.h"
#include "native/log/campaign/random.h"

namespace isthmus::campaign {

// When what one tab posts arrives at another: never, once or twice, after its delay, and while
// there is a partition only on its own side.
class Network {
 public:
  Network(const Plan& plan, Random& random) : plan_(plan), random_(random) {}

  std::vector<Time> arrivals(int from, int to, Time now) {
    if (!isHealed_ && now < partedUntil_ && side(from) != side(to)) return {};
    if (!isHealed_ && random_.chance(plan_.loss)) return {};
    const int copies = !isHealed_ && random_.chance(plan_.duplication) ? 2 : 1;
    std::vector<Time> times;
    for (int i = 0; i < copies; ++i) times.push_back(arrival(from, to, now));
    return times;
  }

  void part(Time until) {
    partedUntil_ = until;
    for (auto& side : sides_) side = random_.below(2);
  }
  void heal() { isHealed_ = true; }
  bool isHealed() const { return isHealed_; }

 private:
  std::uint32_t side(int tab) const {
    return sides_[static_cast<std::size_t>(tab) % sides_.size()];
  }

  Time arrival(int from, int to, Time now) {
    Time at = now + 1 + random_.below(static_cast<std::uint32_t>(plan_.longestDelay));
    if (!isHealed_ && random_.chance(plan_.strayed)) at += random_.below(4000);
    if (!plan_.isOrdered) return at;
    Time& latest = latest_[{from, to}];
    return latest = std::max(at, latest);
  }

  const Plan& plan_;
  Random& random_;
  std::array<std::uint32_t, 8> sides_{};
  Time partedUntil_ = 0;
  bool isHealed_ = false;
  std::map<std::pair<int, int>, Time> latest_;
};

}  // namespace isthmus::campaign
