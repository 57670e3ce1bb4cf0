#pragma once

#include "value/value.h"

namespace isthmus {

// Collects members into JavaScript's key order: integer-like keys ascending, then the others as
// they came. Setting a key again replaces its value in place, as assignment does.
class ObjectBuilder {
 public:
  void reserve(std::size_t count) { members_.reserve(count); }
  ObjectBuilder& set(Key key, Value value);
  ObjectBuilder& set(std::string_view key, Value value) { return set(Key(key), std::move(value)); }
  Value build() &&;

 private:
  Value* slotOf(const Key& key);
  void indexMembers();

  Value::Members members_;
  KeyIndex positions_;  // of the first `indexed_` members, once there are many
  std::size_t indexed_ = 0;
  bool ordered_ = true;
};

}  // namespace isthmus
