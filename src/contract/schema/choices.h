#pragma once

#include <cstdint>
#include <vector>

#include "base/work_budget.h"
#include "value/value.h"

namespace isthmus {

// The values of `enum` or `const`, found by their hashes.
class Choices {
 public:
  explicit Choices(const Sequence<Value>& values);

  // Equality is that of JSON Schema. False also when the work is exhausted.
  bool include(const Value& value, WorkBudget& work) const;
  const std::vector<Value>& values() const { return values_; }

 private:
  std::vector<Value> values_;  // in the order of their
  std::vector<std::size_t> hashes_;
  unsigned kinds_ = 0;  // a bit for each kind of value among them
};

// Whether two of the items are equal as JSON Schema defines it; one sort, not every pair. True also
// when the work is exhausted.
bool hasRepeats(const Sequence<Value>& items, WorkBudget& work);

}  // namespace isthmus
