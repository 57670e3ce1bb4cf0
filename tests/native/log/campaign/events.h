#pragma once

#include <functional>
#include <queue>
#include <tuple>

#include "log/log.h"
#include "native/log/campaign/failure.h"

namespace isthmus::campaign {

// What is to happen, in the order of its time, and at one time in the order in which it came.
class Events {
 public:
  using Run = std::function<void()>;

  Time now() const { return now_; }
  void push(Time at, Run run) { queue_.push({std::max(at, now_), order_++, std::move(run)}); }
  void runUntil(Time until) {
    while (!queue_.empty() && queue_.top().at <= until) {
      const Event event = queue_.top();
      queue_.pop();
      now_ = event.at;
      demand(++count_ < kMost, "it never ends");
      event.run();
    }
    now_ = until;
  }
  long count() const { return count_; }

 private:
  static constexpr long kMost = 400'000;
  struct Event {
    Time at;
    long order;
    Run run;
    bool operator<(const Event& other) const {
      return std::tie(at, order) > std::tie(other.at, other.order);
    }
  };

  std::priority_queue<Event> queue_;
  Time now_ = 0;
  long order_ = 0;
  long count_ = 0;
};

}  // namespace isthmus::campaign
