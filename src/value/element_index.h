#pragma once

#include <cstdint>
#include <optional>

#include "base/vector.h"
#include "value/member_list.h"

namespace isthmus {

class Value;

// Finds the elements of an array by one of their members. Persistent, like the array beside which
// it lies, so that every version of an array keeps its own:
//
//   items    { sku: "a" }  { sku: 7 }  { sku: "a" }  { }
//   texts    a→0                                            the first element of each
//   numbers               7→1
//
// Only texts and numbers are found; -0 is 0.
class ElementIndex {
 public:
  ElementIndex(Key by, const Sequence<Value>& items);

  const Key& by() const { return by_; }
  static bool canFind(const Value& key);
  // The first element whose member equals `key`, which can be found.
  std::optional<std::uint32_t> find(const Value& key) const;
  void append(const Value& element);

 private:
  static Key keyOf(const Value& value);

  Key by_;
  MemberList<Value> texts_;
  MemberList<Value> numbers_;
  std::uint32_t size_ = 0;
};

// The indices of one array, made when they are first asked for.
struct ElementIndices : RefCounted {
  Vector<ElementIndex> all;
};

}  // namespace isthmus
