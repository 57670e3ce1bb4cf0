#include "value/staged_lists.h"

#include <utility>

namespace isthmus {

StagedLists::Id StagedLists::begin(bool isObject) {
  lists_.push_back({isObject, {}, {}});
  return static_cast<Id>(lists_.size());
}

StagedLists::List* StagedLists::find(Id id) {
  return id - 1 < lists_.size() ? &lists_[id - 1] : nullptr;  // 0 wraps around
}

Value StagedLists::take(List& list) {
  List taken = std::exchange(list, {});
  return taken.isObject ? std::move(taken.members).build() : Value(std::move(taken.items));
}

}  // namespace isthmus
