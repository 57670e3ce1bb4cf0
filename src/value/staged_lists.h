#pragma once

#include <cstdint>

#include "base/result.h"
#include "value/object_builder.h"

namespace isthmus {

// A long list crosses in pieces, ahead of the value that it is part of, so that the buffer stays
// small. Its elements or members wait here until that value is read.
class StagedLists {
 public:
  using Id = std::uint32_t;  // counts from 1

  struct List {
    bool isObject = false;
    Value::Items items;
    ObjectBuilder members;
  };

  Id begin(bool isObject);
  // Null for an id that was never given.
  List* find(Id id);
  Value take(List& list);
  void clear() { lists_.clear(); }

 private:
  Vector<List> lists_;
};

}  // namespace isthmus
