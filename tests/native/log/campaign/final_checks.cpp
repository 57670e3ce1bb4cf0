// What must hold when all has healed.

#include <map>

#include "native/log/campaign/simulation.h"

namespace isthmus::campaign {

void Simulation::check() {
  const auto living = all(false);
  if (living.empty()) return;
  checkSame();
  const auto order = chains_.orderUpTo(tab(living.front()).store->log().head());
  demand(std::set<Id>(order.begin(), order.end()).size() == order.size(),
         "an entry is settled twice");
  checkNothingLost(order);
  checkCauses(order);
  checkStates(order);
}

void Simulation::checkSame() const {
  const Log* first = nullptr;
  for (const int number : all(false)) {
    const SimulatedTab& store = *tabs_[static_cast<std::size_t>(number)].store;
    const Log& log = store.log();
    demand(!log.isJoining(), "a tab is still joining");
    demand(log.order().tentative().empty(), "something is never settled");
    if (first == nullptr) first = &log;
    demand(log.head() == first->head(), "heads differ");
    demand(log.deadline() == kNever, "a timer runs at rest");
    store.checkFolds();
  }
}

void Simulation::checkNothingLost(const std::vector<Id>& order) {
  const std::set<Id> settled(order.begin(), order.end());
  for (const auto& [entry, seen] : accepted_) {
    const Id id = idOf(entry->id);
    ++totals_.accepted;
    if (settled.count(id) > 0) continue;
    if (excused_.count(id) > 0) {
      ++totals_.onlyCrashedKnew;
    } else if (forkLosses_.count(id) > 0 && !setting_.forgivesNoFork) {
      ++totals_.lostInForks;
    } else {
      throw Failure{"an accepted action is lost: " + id.first + " " + std::to_string(id.second)};
    }
  }
}

void Simulation::checkCauses(const std::vector<Id>& order) {
  std::map<std::string, std::vector<std::pair<std::uint64_t, std::size_t>>> rows;
  std::map<Id, std::size_t> places;
  for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = i;
  for (const auto& [entry, seen] : accepted_) {
    const auto effect = places.find(idOf(entry->id));
    if (effect == places.end()) continue;
    for (const auto& [row, highest] : seen) {
      if (row == kStranger) continue;  // what is missed of it comes late, or never
      for (std::uint64_t seq = 1; seq <= highest; ++seq) {
        const auto cause = places.find({row, seq});
        if (cause == places.end() || cause->second < effect->second) continue;
        ++totals_.effectsFirst;
        demand(hasGivenUp_, "an effect stands before its cause");
      }
    }
  }
}

void Simulation::checkStates(const std::vector<Id>& order) const {
  for (int slice = 0; slice < kSlices; ++slice) {
    Value state;
    EntryId line;
    double sum = 0;
    for (const auto& id : order) {
      const Entry& entry = *entries_.at(id);
      if (entry.beginning) {
        const auto& [name, replaces, digest] = *entry.beginning;
        if (!(name == nameOf(slice)) || (line && !(line == replaces))) continue;
        line = entry.id;
        state = seedState(digest);
        sum = state.find(Key("sum"))->number();
      } else if (line) {
        const Value action = *messageOf(entry).find(Key("action"));
        state = reduced(slice, state, actionOf(action));
        sum += incrementOf(action, slice);
      }
    }
    for (const int number : all(false)) {
      const SimulatedTab& store = *tabs_[static_cast<std::size_t>(number)].store;
      if (!store.holds(slice)) continue;
      demand(store.log().isShared(nameOf(slice)), "a slice waits for ever");
      demand(store.log().histories().find(nameOf(slice))->now.lineage == line, "lineages differ");
      demand(equal(store.shown(slice), state), "states differ");
      demand(state.find(Key("sum"))->number() == sum, "an increment is missing");
    }
  }
}

}  // namespace isthmus::campaign
