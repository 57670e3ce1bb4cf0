// What goes wrong in a schedule, and how it heals.

#include <cmath>
#include <string>

#include "native/log/campaign/simulation.h"
#include "value/codec.h"

namespace isthmus::campaign {

void Simulation::schedule() {
  const auto within = [&] { return random_.below(static_cast<std::uint32_t>(plan_.span)); };
  const auto some = [&](double mean, const std::function<void()>& run) {
    int count = static_cast<int>(mean) + (random_.chance(mean - std::floor(mean)) ? 1 : 0);
    for (; count > 0; --count) events_.push(within(), run);
  };
  for (int i = 0; i < plan_.actions; ++i) events_.push(within(), [this] { act(); });
  some(plan_.freezes, [this] { freeze(); });
  some(plan_.crashes, [this] { crash(); });
  some(plan_.joins, [this] { join(); });
  some(plan_.detaches, [this] { detach(); });
  some(plan_.ejects, [this] { eject(); });
  some(plan_.traps, [this] { trap(); });
  some(plan_.hasStranger ? 5 : 0, [this] { actOfStranger(); });
  some(plan_.partitions, [this] { network_.part(events_.now() + 500 + random_.below(4000)); });
  some(plan_.clockJumps, [this] {
    const int number = anyone(true);
    if (number < 0) return;
    const double jump = random_.below(120'000) - 60'000.0;
    tab(number).store->setClockAhead(tab(number).wallAhead + jump);
  });
  for (Time at = 100; plan_.hasStorage && at < plan_.span; at += 250) {
    events_.push(at, [this] { store(); });
  }
  if (!plan_.isReopened) return;
  events_.push(plan_.span / 2, [this] {
    store();
    for (const int number : all(false)) kill(number);
    join();
  });
}

int Simulation::newSeed(int number) {
  return plan_.hasOwnSeeds && random_.chance(0.5) ? number + 1 : 0;
}

void Simulation::join() {
  constexpr std::size_t kMostTabs = 48;
  if (tabs_.size() >= kMostTabs) return;
  const int number = static_cast<int>(tabs_.size());
  TabOptions options;
  options.log.self = Key(std::to_string(random_.below(1000)) + "-" + std::to_string(number));
  options.log.keep = setting_.keep;
  options.log.entries = setting_.entries;
  options.log.batch = plan_.batch;
  options.log.usesLocks = plan_.hasLocks;
  options.log.giveUpAfter = setting_.giveUpAfter;
  options.firstSeq = random_.chance(0.2) ? 7 : 1;
  options.wallAhead = plan_.skew == 0 ? 0 : (random_.unit() * 2 - 1) * plan_.skew;
  options.hasNoCauses = setting_.hasNoCauses;
  options.addsNothing = setting_.addsNothing;
  Tab& who = tabs_.emplace_back();
  who.birth = events_.now() - random_.below(1000);
  who.wallAhead = options.wallAhead;
  who.store = std::make_unique<SimulatedTab>(std::move(options), chains_, random_);
  call(number, [&](Log& log) {
    for (int slice = 0; slice < kSlices; ++slice) {
      if (!plan_.hasPartialSlices || random_.chance(0.6)) {
        who.store->hold(slice, newSeed(number), localTime(number));
      }
    }
    if (stored_) demand(log.begin(*stored_, localTime(number)), "what was stored is taken");
    log.start(localTime(number));
  });
}

void Simulation::freeze() {
  const int number = anyone(true);
  if (number < 0) return;
  Tab& who = tab(number);
  const bool isCached = plan_.hasPageCache && random_.chance(0.5);
  if (isCached || !plan_.keepsLockAsleep || random_.chance(0.3)) {
    call(number, [](Log& log) { log.sleep(); });
  }
  who.isFrozen = true;
  who.isDeaf = isCached;
  if (!isCached && random_.chance(0.4)) {
    who.hearsAsleep = true;
    call(number, [](Log& log) { log.setHidden(true); });
  }
  const Time length = random_.chance(0.3) ? 6000 : 100 + random_.below(3000);
  events_.push(events_.now() + length, [this, number] { resume(number); });
}

// What waited comes in its order; the page's own events run somewhere between.
void Simulation::resume(int number) {
  Tab& who = tab(number);
  if (who.isDead || !who.isFrozen) return;
  who.isFrozen = who.isDeaf = who.hearsAsleep = false;
  who.tickAt = kNever;
  call(number, [](Log& log) { log.setHidden(false); });
  Time at = events_.now();
  for (auto& run : std::exchange(who.inbox, {})) {
    at += random_.below(2);
    events_.push(at, [this, number, run] { whenRunning(number, run, Heard::Message); });
  }
  events_.push(events_.now() + random_.below(20), [this, number] { wake(number); });
}

void Simulation::wake(int number) {
  if (tab(number).isDead || tab(number).isFrozen) return;
  call(number, [&](Log& log) { log.wake(localTime(number)); });
}

// What only it knows is excused. If nobody is left, storage is who knows.
void Simulation::kill(int number) {
  Tab& who = tab(number);
  if (who.isDead) return;
  if (random_.chance(0.3) && !who.isFrozen) call(number, [](Log& log) { log.leave(); });
  who.isDead = true;
  const auto left = all(false);
  for (const auto& [entry, seen] : accepted_) {
    if (!who.store->log().order().knows(entry->id)) continue;
    bool isKnown = false;
    for (const int other : left) isKnown |= tab(other).store->log().order().knows(entry->id);
    if (left.empty() && stored_) {
      for (const auto& each : stored_->entries) isKnown |= each->id == entry->id;
      Covered covered;
      for (const auto& row : stored_->covered) covered.put(row);
      isKnown |= covered.covers(entry->id);
    }
    if (!isKnown) excused_.insert(idOf(entry->id));
  }
  locks_.release(number);
}

void Simulation::crash() {
  if (all(false).size() > 1) kill(anyone(false));
}

// The bridge is off for a while; the store goes on.
void Simulation::detach() {
  const int number = anyone(true);
  if (number < 0 || tab(number).isDetached) return;
  call(number, [](Log& log) { log.sleep(); });
  tab(number).isDetached = true;
  events_.push(events_.now() + 200 + random_.below(3000), [this, number] { attach(number); });
}

void Simulation::attach(int number) {
  if (tab(number).isDead || !tab(number).isDetached) return;
  tab(number).isDetached = false;
  wake(number);
}

void Simulation::eject() {
  const int number = anyone(true);
  if (number < 0) return;
  const int slice = static_cast<int>(random_.below(static_cast<unsigned>(kSlices)));
  SimulatedTab& store = *tab(number).store;
  call(number, [&](Log&) {
    if (store.holds(slice)) {
      store.remove(slice);
    } else {
      store.hold(slice, newSeed(number), localTime(number));
    }
  });
}

void Simulation::store() {
  const int number = anyone(true);
  if (number < 0 || tab(number).store->log().isJoining()) return;
  const auto bytes = encode(toValue(tab(number).store->stored()));
  auto read = readMessage(decode(bytes).value());
  demand(read.ok(), "what is stored is read as it was written");
  if (!stored_ || isLonger(read.value().head, stored_->head)) stored_ = std::move(read).value();
}

void Simulation::trap() {
  const int number = anyone(true);
  if (number < 0) return;
  ++totals_.traps;
  call(number, [&](Log&) { tab(number).store->trap(localTime(number)); });
}

void Simulation::heal() {
  network_.heal();
  for (const int number : all(false)) {
    attach(number);
    resume(number);
    events_.push(events_.now() + 100 + random_.below(50), [this, number] { wake(number); });
  }
}

}  // namespace isthmus::campaign
