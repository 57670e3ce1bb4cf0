#pragma once

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "native/log/campaign/chains.h"
#include "native/log/campaign/events.h"
#include "native/log/campaign/locks.h"
#include "native/log/campaign/network.h"
#include "native/log/campaign/plan.h"
#include "native/log/campaign/simulated_tab.h"

namespace isthmus::campaign {

// What a campaign is run with.
struct Setting {
  std::size_t keep = 128;
  std::size_t entries = 1024;
  Time giveUpAfter = 3000;
  bool hasNoCauses = false;     // as TabOptions
  bool addsNothing = false;     // as TabOptions
  bool forgivesNoFork = false;  // a loss in a fork is a failure, though it was told
  bool isOverWire = false;      // each receiver reads what it gets from bytes
};

// What happened in its schedules.
struct Totals {
  long schedules = 0;
  long events = 0;
  long messages = 0;
  long accepted = 0;
  long refused = 0;
  long onlyCrashedKnew = 0;
  long lostInForks = 0;
  long causesGivenUp = 0;
  long effectsFirst = 0;  // after giving up on their causes
  long traps = 0;
  std::size_t mostKept = 0;
  std::size_t mostTentative = 0;
  std::size_t mostCauses = 0;
};

// Somebody without a log.
inline const char* const kStranger = "stranger";

// One schedule, found from its seed: tabs act while faults happen, then everything heals, and after
// a while all must agree. Throws a Failure where something does not hold.
class Simulation {
 public:
  Simulation(std::uint64_t seed, Profile profile, const Setting& setting, Totals& totals);
  void run();

 private:
  struct Tab {
    std::unique_ptr<SimulatedTab> store;
    Time birth = 0;
    double wallAhead = 0;
    bool isDead = false;
    bool isFrozen = false;
    bool isDetached = false;
    bool isDeaf = false;       // in the page cache
    bool hearsAsleep = false;  // as a frozen page of Chromium does
    Time tickAt = kNever;
    std::vector<Events::Run> inbox = {};
  };
  struct Accepted {
    EntryPtr entry;
    std::vector<Id> seen;  // of each row the latest that its sender knew
  };
  enum class Heard : std::uint8_t { Message, Lock };

  // simulation.cpp
  Tab& tab(int number) { return tabs_[static_cast<std::size_t>(number)]; }
  std::vector<int> all(bool awakeOnly) const;
  int anyone(bool awakeOnly);
  std::vector<Key> presentBeside(int number) const;
  Time localTime(int number) const;
  void call(int number, const std::function<void(Log&)>& run);
  void send(int from);
  void spread(int from, const std::function<void(int to)>& arrive);
  void whenRunning(int number, Events::Run run, Heard heard);
  void tickLater(int number);
  void granted(int number);
  void lockLost(int number);
  void deliver(int to, const Message& message);
  void deliver(int to, const EntryPtr& entry);
  void noteCut(int from, const Message& cut);
  void act();
  void actOf(int number);
  void actOfStranger();

  // faults.cpp
  void schedule();
  void join();
  void freeze();
  void resume(int number);
  void wake(int number);
  void kill(int number);
  void crash();
  void detach();
  void attach(int number);
  void eject();
  void store();
  void trap();
  void heal();
  int newSeed(int number);

  // final_checks.cpp
  void check();
  void checkSame() const;
  void checkNothingLost(const std::vector<Id>& order);
  void checkCauses(const std::vector<Id>& order);
  void checkStates(const std::vector<Id>& order) const;

  const Setting& setting_;
  Totals& totals_;
  const Plan plan_;
  Random random_;
  Events events_;
  Network network_;
  Locks locks_;
  Chains chains_;
  std::vector<Tab> tabs_;
  std::vector<Accepted> accepted_;
  std::map<Id, EntryPtr> entries_;  // all that were ever made
  std::set<Id> excused_;            // only those that crashed knew them
  std::set<Id> forkLosses_;
  std::optional<Message> stored_;
  std::uint64_t strangerSeq_ = 0;
  int nextId_ = 1;
  bool hasGivenUp_ = false;
};

}  // namespace isthmus::campaign
