#include "native/log/campaign/scripted_states.h"

#include <algorithm>

namespace isthmus::campaign {

void ScriptedStates::put(const Log& log, const Value& seed) {
  remove();
  isHeld_ = true;
  since_ = played_ = log.order().base().n;
  seed_ = seed;
  now_ = seed;
  follow(log, std::nullopt);
}

void ScriptedStates::follow(const Log& log, const std::optional<Rebase>& rebase) {
  if (!isHeld_) return;
  if (rebase) {
    if (rebase->isSnapshot) played_ = rebase->kept;
    rewind(rebase->kept);
    for (const auto& start : rebase->starts) {
      if (!(start.slice == nameOf(kScripted))) continue;
      since_ = start.since;
      now_ = start.state;
      befores_.clear();
    }
  }
  while (played_ < log.order().end()) play(log, ++played_);
  const Place base = log.order().base().n;
  since_ = std::max(since_, base);
  std::erase_if(befores_, [&](const auto& each) { return each.first <= base; });
}

void ScriptedStates::rewind(Place place) {
  for (; !befores_.empty() && befores_.back().first > place; befores_.pop_back()) {
    now_ = befores_.back().second;
  }
  played_ = std::min(played_, place);
}

void ScriptedStates::play(const Log& log, Place place) {
  if (place <= since_) return;
  const Entry& entry = *log.order().at(place);
  const auto& slice = *log.histories().find(nameOf(kScripted));
  befores_.emplace_back(place, now_);
  if (entry.beginning) {
    const auto& lineage = Histories::at(slice, place).lineage;
    const bool hasBegun = !(lineage == Histories::at(slice, place - 1).lineage);
    const auto& [key, name, program, seed, seedDigest, initial, initialDigest, hasUpcast] =
        slice.slice;
    const bool isInitial = entry.beginning->seed == initialDigest && seedDigest != initialDigest;
    if (hasBegun) now_ = isInitial ? initial : seed_;
  } else {
    now_ = reduced(kScripted, now_, **entry.reading);
  }
}

const Value& ScriptedStates::at(Place place) const {
  const auto later = std::find_if(befores_.begin(), befores_.end(),
                                  [&](const auto& each) { return each.first > place; });
  return later == befores_.end() ? now_ : later->second;
}

}  // namespace isthmus::campaign
