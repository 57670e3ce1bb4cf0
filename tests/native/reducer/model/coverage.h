#pragma once

#include <map>
#include <string>

#include "value/value.h"

namespace isthmus::model {

// How often steps applied and failed: of each kind ("upsert"), and of each kind with a certain
// field ("upsert.onMatch").
class Coverage {
 public:
  struct Counts {
    std::size_t applied = 0;
    std::size_t failed = 0;
  };

  void count(const Value& step, bool applied) {
    const std::string op(step.find(Key("op"))->string());
    add(op, applied);
    for (const auto& field : step.members()) add(op + "." + field.key.text(), applied);
  }
  Counts of(const std::string& what) const {
    const auto found = counts_.find(what);
    return found == counts_.end() ? Counts() : found->second;
  }

 private:
  void add(const std::string& what, bool applied) {
    auto& counts = counts_[what];
    ++(applied ? counts.applied : counts.failed);
  }

  std::map<std::string, Counts> counts_;
};

}  // namespace isthmus::model
