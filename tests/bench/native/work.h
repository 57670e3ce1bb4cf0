#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "store/store.h"

namespace isthmus::bench {

// One piece of work: dispatches, and returns the value that it has read back.
using Work = std::function<double()>;

// A kind of work that is set up for a number of things, under the name that it has in
// tests/bench/cases.
struct Case {
  std::string_view name;
  Work (*make)(std::size_t size);
};

Work makeCounter(std::size_t size);
Work makeUpsert(std::size_t size);
Work makeUpdateOne(std::size_t size);

// Like the package's store: one watch, an action in, the number of watches to be called out.
std::shared_ptr<const Program> compiled(Value definition);
void injectInto(Store& store, const char* key, std::shared_ptr<const Program> program);
void dispatch(Store& store, const Action& action);

Value object(std::initializer_list<std::pair<const char*, Value>> members);
Value json(std::string_view text);

}  // namespace isthmus::bench
