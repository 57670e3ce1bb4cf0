#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "reducer/program.h"
#include "store/watchers.h"

namespace isthmus {

// The native part of one store: slices by key, each with its program and the cell that holds its
// state. An action is applied in two halves, so that whoever runs reducers beside these can refuse
// it in between; none of the states moves before `commit`:
//
//   prepare ──► pending states ──► commit   the states move, affected watches are returned
//                             └──► discard  they stay
class Store {
 public:
  explicit Store(const ActionLimits& limits = {}) : limits_(limits) {}

  struct Change {
    bool moved = false;                       // whether any slice has another state now
    std::vector<Watchers::Affected> watches;  // their values are valid until the next change
  };

  // The slice has its state at once: `preloaded` or else its initial one. SliceExists when the key
  // is taken.
  Result<Change> inject(const Key& key, std::shared_ptr<const Program> program,
                        const std::optional<Value>& preloaded);
  // The slice keeps its state under a changed program. SliceMissing when there is none.
  Status replace(const Key& key, std::shared_ptr<const Program> program);
  // Removes the slice and its state; its watches stay and see it go. SliceMissing when there is
  // none.
  Result<Change> remove(const Key& key);

  // Computes the next states, all together within the store's limits. On error nothing is pending.
  // Busy while another action is pending.
  Status prepare(const Action& action);
  // As `prepare`, for a state from elsewhere (a snapshot) instead of an action.
  Status prepareState(const Key& key, const Value& state);
  Change commit();
  void discard();

  // The value at a path whose first token is a slice's key; nullptr when there is none.
  const Value* find(const Path& path) const;
  // Keys and states, in order of injection.
  std::vector<std::pair<Key, Value>> states() const;

  Watchers& watchers() { return watchers_; }

 private:
  struct Slice {
    Key key;
    std::shared_ptr<const Program> program;
    Value state;
  };
  struct Handler {
    std::size_t slice;
    const Steps* steps;
  };
  struct Pending {
    std::size_t slice;
    Value state;
  };

  void rebuildHandlers();
  std::vector<Handler>& handlersOf(const Key& type);

  ActionLimits limits_;
  std::vector<Slice> slices_;
  KeyIndex indices_;
  KeyIndex types_;                              // of actions: where their handlers are
  std::vector<std::vector<Handler>> handlers_;  // each type's, in order of injection
  std::vector<Pending> pending_;
  bool isPending_ = false;
  Watchers watchers_;
};

}  // namespace isthmus
