#pragma once

#include "base/action_budget.h"
#include "value/path.h"

namespace isthmus {

// A value being changed. Nodes that only the draft holds, which are those made since it began, are
// changed in place; all others are copied first, so earlier roots stay as they were. Writing a
// value equal to the one that is there keeps the node, as far as the budget, if there is one,
// suffices to find that out; what containers grow by counts as made. After an error the draft may
// be half changed: drop it.
class Draft {
 public:
  explicit Draft(Value root, ActionBudget* budget = nullptr)
      : root_(std::move(root)), budget_(budget) {}

  const Value& root() const { return root_; }
  ActionBudget* budget() const { return budget_; }
  Value take() && { return std::move(root_); }
  const Value* find(const Path& path) const { return isthmus::find(root_, path); }

  // The parent must exist; an object gets the key when it is new, an array must have the index.
  Status set(const Path& path, const Value& value);
  // As `set`, for a value that is known to differ: it is taken as it is, without a comparison.
  Status put(const Path& path, Value value);
  // The location must exist; later elements of an array move down.
  Status remove(const Path& path);
  // `path` ends with an index, at most the array's length; later elements move up.
  Status insert(const Path& path, Value value);
  Status push(const Path& path, Value value);

 private:
  // What is done to the value at the end of a path: any callable, as one type.
  struct Change {
    Status (*apply)(const void* callable, Value& target);
    const void* callable;
  };

  template <typename Callable>
  Status change(const Path& path, std::size_t length, const Callable& callable);
  static Status changeBelow(Value& at, const Path& path, std::size_t from, std::size_t length,
                            const Change& change);
  static bool isOwn(const Value& container);
  static Sequence<Value>& openItems(Value& array);
  ISTHMUS_SMALL static void forgetIndices(Value& array, const Key* member = nullptr);
  static MemberList<Value>& openMembers(Value& object);
  static Value* openChild(Value& container, const Key& key);
  static Depth& depthOf(Value& container);

  Value root_;
  ActionBudget* budget_;
};

}  // namespace isthmus
