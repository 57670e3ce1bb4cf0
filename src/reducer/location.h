#pragma once

#include "reducer/expression.h"
#include "value/path.h"

namespace isthmus {

// Where a step works, relative to the slice or, in `onMatch`, to the element. Written as a JSON
// Pointer
// ("/items/0/name") or as a list of tokens, each a string, an index or an expression.
class Location {
 public:
  static Result<Location> compile(const Value& definition);

  // The path behind `base`. StepFailed when a token's expression yields neither text nor an index.
  Result<Path> resolve(const Path& base, Scope& scope) const;

 private:
  std::vector<std::variant<Key, Expression>> tokens_;
};

}  // namespace isthmus
