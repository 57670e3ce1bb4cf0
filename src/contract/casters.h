#pragma once

#include <cstdint>
#include <vector>

#include "base/action_budget.h"
#include "base/limits.h"
#include "reducer/step/step.h"

namespace isthmus {

// Carry a payload from one schemaVersion to another, one version at a time.
//
//   upcast   := { "1": [step, ...] }     from version 1 to 2, and so on
//   downcast := { "2": [step, ...] }     from version 2 to 1
//
//   1 ──upcast 1──► 2 ──upcast 2──► 3      3 ──downcast 3──► 2 ──downcast 2──► 1
//
// The steps are those of programs. Their state is the payload; `payload` is it as it was, which
// `reset` goes back to, and `meta` is the action's.
class Casters {
 public:
  // InvalidDefinition names the place inside `definition`.
  Status addUp(const Value& definition) { return add(definition, up_); }
  Status addDown(const Value& definition) { return add(definition, down_); }

  // Whether there are casters all the way.
  bool reach(std::uint64_t from, std::uint64_t to) const;

  // The payload in version `to`, which is reached. StepFailed when a step cannot apply; TooLarge
  // when all steps take more than an action may, or the payload outgrows the limits, its texts
  // together those of one text. The error holds nothing of the payload.
  Result<Value> cast(Value payload, const Value& meta, std::uint64_t from, std::uint64_t to,
                     const Limits& limits, const ActionLimits& work = {}) const;

 private:
  struct Caster {
    std::uint64_t from;
    Steps steps;
  };
  using List = std::vector<Caster>;

  static Status add(const Value& definition, List& list);
  const Caster* next(std::uint64_t version, std::uint64_t to) const;

  List up_;
  List down_;
};

}  // namespace isthmus
