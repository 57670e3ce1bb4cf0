#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "log/log.h"
#include "native/log/campaign/chains.h"
#include "native/log/campaign/random.h"
#include "native/log/campaign/scripted_states.h"

namespace isthmus::campaign {

// What a tab is made of.
struct TabOptions {
  LogOptions log;
  std::uint64_t firstSeq = 1;
  double wallAhead = 0;      // ms
  bool hasNoCauses = false;  // leaves out what its entries come after
  bool addsNothing = false;  // forgets what a fork took from the settled order
};

// A store with its log, as one page holds them: what is asked of the log, what comes of it, and
// what must hold after every call.
class SimulatedTab {
 public:
  SimulatedTab(TabOptions options, Chains& chains, Random& random);

  Log& log() { return *log_; }
  const Log& log() const { return *log_; }
  const Key& id() const { return options_.log.self; }

  // A call, with what comes of it. The time is the page's own, `present` those who are there.
  void call(Time now, double wall, std::vector<Key> present, const std::function<void(Log&)>& run);
  // An own action, or none where a reducer refuses it. A part of them is taken back in the end.
  EntryPtr act(const Value& action, unsigned mask, Time now, bool isTakenBack);
  void hold(int slice, int seed, Time now);
  void remove(int slice);
  bool holds(int slice) const { return log_->histories().find(nameOf(slice)) != nullptr; }
  const Value& shown(int slice) const;
  // The engine has ended within a call: all but the books is lost.
  void trap(Time now);
  Message stored();

  std::vector<Message> takeMessages() { return std::exchange(messages_, {}); }
  LockWish takeLockWish() { return log_->takeLockWish(); }
  const std::vector<LogNews>& news() const { return news_; }
  std::vector<Id> takeForkLosses() { return std::exchange(forkLosses_, {}); }

  void setClockAhead(double wallAhead) { options_.wallAhead = wallAhead; }
  // Whether all that is shown is what the line gives, played from the beginning of each history.
  void checkFolds() const;

 private:
  std::unique_ptr<Log> makeLog() const;
  EntryPtr make(const Value& action) const;
  void finish();
  void forgetForked(const std::vector<EntryPtr>& settledBefore, Time now);
  void note(const std::vector<LogNews>& news, const Point& before);
  void check() const;

  TabOptions options_;
  Chains& chains_;
  Random& random_;
  std::unique_ptr<Log> log_;
  ScriptedStates scripted_;
  std::vector<int> seeds_;
  std::uint64_t seq_;
  Point head_;
  bool wasJoining_ = true;
  std::vector<Message> messages_;
  std::vector<LogNews> news_;
  std::vector<Id> forkLosses_;
};

}  // namespace isthmus::campaign
