#pragma once

#include <map>
#include <string>
#include <vector>

#include "value/value.h"

namespace isthmus::calls {

// A slice's definition, and its steps by action type.
struct Example {
  Value definition;
  Value initialState;
  std::map<std::string, Value> steps;
};

// Programs of each kind: counting, lists with an index, entities, large lists and maps, a scalar,
// and some at random.
const std::vector<Example>& examples();

// The action types of all of them, and one that none handles.
const std::vector<std::string>& types();

// What their actions come with.
const std::vector<Value>& payloads();

// Where watches and reads go to in a slice: pointers, some of them to nothing.
const std::vector<std::string>& pointers();

}  // namespace isthmus::calls
