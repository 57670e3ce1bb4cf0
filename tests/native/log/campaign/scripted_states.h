#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "log/log.h"
#include "native/log/campaign/slices.h"

namespace isthmus::campaign {

// The states of the slice that JavaScript holds, beside a log that knows all but them.
class ScriptedStates {
 public:
  bool isHeld() const { return isHeld_; }
  void put(const Log& log, const Value& seed);
  void remove() { *this = {}; }

  // What it begins with from now on.
  void setSeed(const Value& seed) { seed_ = seed; }
  const Value& seed() const { return seed_; }

  // After every call of the log.
  void follow(const Log& log, const std::optional<Rebase>& rebase);
  const Value& now() const { return now_; }
  const Value& at(Place place) const;

 private:
  void rewind(Place place);
  void play(const Log& log, Place place);

  bool isHeld_ = false;
  Place since_ = 0;
  Place played_ = 0;
  Value seed_;
  Value now_;
  std::vector<std::pair<Place, Value>> befores_;
};

}  // namespace isthmus::campaign
