#pragma once

#include <optional>

#include "reducer/step/indexed_arrays.h"
#include "reducer/step/step.h"

namespace isthmus {

// What the engine sees of a Redux action. An absent payload or meta is null.
struct Action {
  Key type;
  Value payload;
  Value meta;
};

// A native slice's reducer, compiled: for each action type the steps that make the next state.
//
//   { "name": "cart", "initialState": any,
//     "reducers": { "addItem": [step, ...] },        handles "cart/addItem"
//     "on": { "auth/logout": [step, ...] },          handles other slices' actions
//     "index": { "/items": ["sku"] } }               see reducer/step/indexed_arrays.h
class Program {
 public:
  // InvalidDefinition names the place inside `definition`.
  static Result<Program> compile(const Value& definition);

  const std::string& name() const { return name_; }
  const Value& initialState() const { return initialState_; }
  Vector<Key> types() const;

  // The steps for an action type, or nullptr when this program does not handle it.
  const Steps* stepsFor(const Key& type) const;

  // The next state; `state` itself when nothing changes. StepFailed, with slice, step and path,
  // when a step cannot apply, and likewise TooLarge when the budget does not suffice; `state` is
  // never changed.
  Result<Value> run(const Steps& steps, const Value& state, const Action& action,
                    ActionBudget& budget) const;
  Result<Value> reduce(const Value& state, const Action& action,
                       const ActionLimits& limits = {}) const;

 private:
  Status add(const Value& reducers, const std::string& prefix);

  std::string name_;
  Value initialState_;
  IndexedArrays indexed_;
  struct Reducer {
    Key type;
    Steps steps;
  };
  Vector<Reducer> reducers_;
};

}  // namespace isthmus
