#pragma once

#include <algorithm>
#include <functional>
#include <vector>

namespace isthmus::campaign {

// The keeper's lock: who has it, and who waits.
class Locks {
 public:
  // `granted` and `lost` tell a tab of it.
  Locks(std::function<void(int)> granted, std::function<void(int)> lost)
      : granted_(std::move(granted)), lost_(std::move(lost)) {}

  int holder() const { return holder_; }
  // What a tab has, or waits for, it gives back first, as web/bridge/log-locks.ts does.
  void request(int tab) {
    release(tab);
    if (holder_ < 0) return give(tab);
    queue_.push_back(tab);
  }
  void steal(int tab) {
    release(tab);
    if (holder_ >= 0) lost_(holder_);
    give(tab);
  }
  void release(int tab) {
    std::erase(queue_, tab);
    if (holder_ != tab) return;
    holder_ = -1;
    if (queue_.empty()) return;
    const int next = queue_.front();
    queue_.erase(queue_.begin());
    give(next);
  }

 private:
  void give(int tab) {
    holder_ = tab;
    granted_(tab);
  }

  std::function<void(int)> granted_;
  std::function<void(int)> lost_;
  int holder_ = -1;
  std::vector<int> queue_;
};

}  // namespace isthmus::campaign
