#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "reducer/program.h"
#include "store/watchers.h"

namespace isthmus {

// The native part of one store: a table of slices and the cell that holds the current root, an
// object with one member per slice. An action is applied in two halves, so that whoever runs
// reducers beside these can refuse it in between:
//
//   prepare ──► pending root ──► commit   the root moves, affected watches are returned
//                           └──► discard  the root stays
class Store {
 public:
  using Watch = Watchers::Id;

  // The slice is in the root at once, as `preloaded` or else its initial state. SliceExists when
  // the key is taken. Returns the watches that saw it appear.
  Result<std::vector<Watch>> inject(const Key& key, std::shared_ptr<const Program> program,
                                    const std::optional<Value>& preloaded);
  // The slice keeps its state under a changed program. SliceMissing when there is none.
  Status replace(const Key& key, std::shared_ptr<const Program> program);
  // Removes the slice and its state; its watches stay and see it go. SliceMissing when there is
  // none.
  Result<std::vector<Watch>> remove(const Key& key);

  // Computes the next root. On error nothing is pending. Busy while another action is pending.
  Status prepare(const Action& action);
  // As `prepare`, for a state from elsewhere (a snapshot) instead of an action.
  Status prepareState(const Key& key, const Value& state);
  std::vector<Watch> commit();
  void discard() { pending_.reset(); }

  const Value& root() const { return root_; }
  Watchers& watchers() { return watchers_; }
  const Watchers& watchers() const { return watchers_; }

 private:
  struct Slice {
    Key key;
    std::shared_ptr<const Program> program;
  };

  std::vector<Slice>::iterator find(const Key& key);
  std::vector<Watch> moveTo(Value root);

  std::vector<Slice> slices_;  // in order of injection
  Value root_{Value::Members{}};
  std::optional<Value> pending_;
  Watchers watchers_;
};

}  // namespace isthmus
