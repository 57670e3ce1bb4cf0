#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "reducer/program.h"
#include "store/watchers.h"

namespace isthmus {

// The native part of one store: slices by key, each with its program and the cell that holds its
// state. An action is applied in two halves, so that whoever runs reducers beside these can refuse
// it in between; none of the states moves before `commit`:
//
//   prepare ──► pending states ──► commit   the states move
//                             └──► discard  they stay
//
// Whoever calls may vanish between any two instructions, when JavaScript's stack ends or memory
// does. So what was committed is always whole, and `committed` reads it without allocating:
//
//   table_ ──► Table { slices, ... }   replaced as a whole by one store to the pointer
//   serial_                            the number of the last action; once it is that of the
//                                      pending states, those are the committed ones, wherever
//                                      they stand yet
class Store {
 public:
  // What an action will change, told before it is committed.
  struct Change {
    bool moved = false;                  // whether any slice has another state then
    Vector<Watchers::Affected> watches;  // their values are valid until `commit`
  };
  using Serial = std::uint32_t;

  explicit Store(Serial serial = 0, const ActionLimits& limits = {});

  // The slice has its state at once: `preloaded` or else its initial one. SliceExists when the key
  // is taken.
  Result<Change> inject(const Key& key, std::shared_ptr<const Program> program,
                        const std::optional<Value>& preloaded);
  // The slice keeps its state under a changed program. SliceMissing when there is none.
  Status replace(const Key& key, std::shared_ptr<const Program> program);
  // Whether the slice's states are given, by a log, or are made of actions. SliceMissing likewise.
  Status setConverging(const Key& key, bool converges);
  // Removes the slice and its state; its watches stay and see it go. SliceMissing when there is
  // none.
  Result<Change> remove(const Key& key);

  // Computes the next states, all together within the store's limits. On error nothing is pending.
  // Busy while another action is pending; NotCrossing where a slice that converges would change.
  Status prepare(const Action& action);
  // The same for an action that crosses, or for none: the states of slices that converge are given
  // (log/histories.h), and what equals their present ones keeps its node.
  struct Given {
    Key key;
    Value state;
  };
  Status prepareCrossing(const Action* action, std::span<const Given> given);
  // States that functions in JavaScript have made of it, beside those of other slices that are
  // pending, or alone. SliceMissing likewise; then nothing else is pending than before.
  Status give(std::span<const Given> given);
  // As `prepare`, for a state from elsewhere (a snapshot) instead of an action.
  Status prepareState(const Key& key, const Value& state);
  Change pendingChange() const;
  std::vector<Key> pendingKeys() const;
  // Nothing in it can fail. The states before live on until the next action, so that none dies in
  // here.
  void commit();
  void discard();

  // Of the action that is pending, and of the one that was committed last.
  Serial pendingSerial() const { return pendingSerial_; }
  Serial serial() const { return serial_; }

  // The value at a path whose first token is a slice's key; nullptr when there is none.
  const Value* find(const Path& path) const;
  const Value* find(const Key& key) const;
  // Keys and states, in order of injection.
  Vector<std::pair<Key, Value>> states() const;

  // The slice at a place in the order of injection as it was committed last, whatever was going on
  // since; nullptrs beyond the last.
  struct Committed {
    const Key* key;
    const Value* state;
  };
  Committed committed(std::size_t place) const;

  Watchers& watchers() { return watchers_; }

 private:
  struct Slice {
    Key key;
    std::shared_ptr<const Program> program;
    Value state;
    bool converges = false;
  };
  struct Handler {
    std::size_t slice;
    const Steps* steps;
  };
  struct Table {
    Vector<Slice> slices;
    KeyIndex indices = {};
    KeyIndex types = {};                    // of actions: where their handlers are
    Vector<Vector<Handler>> handlers = {};  // each type's, in order of injection

    explicit Table(Vector<Slice> all);
    Vector<Handler>& handlersOf(const Key& type);
  };
  struct Pending {
    std::size_t slice;
    Value state;
  };

  enum class Converging : std::uint8_t { Guarded, Given };

  bool isPending() const { return pendingSerial_ != 0; }
  Status run(const Action& action, Converging converging);
  void await();

  ActionLimits limits_;
  std::unique_ptr<Table> table_;
  Vector<Pending> pending_;
  Vector<Value> retired_;  // the states before the last action's
  Serial serial_ = 0;
  Serial pendingSerial_ = 0;  // 0 while nothing is pending
  Watchers watchers_;
};

}  // namespace isthmus
