#include "reducer/program.h"

#include <algorithm>

#include "reducer/step/step_runner.h"

namespace isthmus {

Vector<Key> Program::types() const {
  Vector<Key> types;
  for (const auto& reducer : reducers_) types.push_back(reducer.type);
  return types;
}

const Steps* Program::stepsFor(const Key& type) const {
  const auto found = std::find_if(reducers_.begin(), reducers_.end(),
                                  [&](const Reducer& reducer) { return reducer.type == type; });
  return found == reducers_.end() ? nullptr : &found->steps;
}

Result<Value> Program::run(const Steps& steps, const Value& state, const Action& action,
                           ActionBudget& budget) const {
  Draft draft(state, &budget);
  Scope scope{nullptr, &action.payload, &action.meta};
  scope.budget = &budget;
  auto status = StepRunner(draft, initialState_, indexed_, scope).run(steps);
  if (!status) {
    status.error().slice = name_;
    return status.pass();
  }
  return std::move(draft).take();
}

Result<Value> Program::reduce(const Value& state, const Action& action,
                              const ActionLimits& limits) const {
  ActionBudget budget(limits);
  const Steps* const steps = stepsFor(action.type);
  return steps == nullptr ? state : run(*steps, state, action, budget);
}

}  // namespace isthmus
