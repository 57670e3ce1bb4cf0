#pragma once

#include <vector>

#include "value/path.h"

namespace isthmus {

// A part of a payload that must not cross. An action that holds one is sent without it, or stays
// at home.
//
//   never := path | { path: path, then?: 'remove' | 'refuse' }
//   path  := '/token' | '/cards/*/cvc'       a JSON Pointer in which '*' is every element of an
//                                            array and every member of an object
struct NeverPath {
  Path path;
  bool refuses = false;
};
using NeverPaths = std::vector<NeverPath>;

// Errors are InvalidDefinition with the place inside `definition`.
Result<NeverPaths> readNeverPaths(const Value& definition);

// The payload without these parts. An element of an array becomes null, so that the paths of its
// neighbours stay true.
Value withoutNever(const Value& payload, const NeverPaths& never);

// Whether a part is there that is more than the null which `withoutNever` leaves in an array.
bool holdsNever(const Value& payload, const NeverPaths& never);

// The same, of the parts that refuse.
bool holdsRefusing(const Value& payload, const NeverPaths& never);

}  // namespace isthmus
