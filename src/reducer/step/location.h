#pragma once

#include "reducer/expression/expression.h"
#include "value/path.h"

namespace isthmus {

// Where a step works, relative to the slice or, in `onMatch`, to the element. Written as a JSON
// Pointer ("/items/0/name") or as a list of tokens:
//
//   location := '/items/0/name' | [token]
//   token    := string | index | expression
class Location {
 public:
  static Result<Location> compile(const Value& definition);

  // The path behind `base`, which is one that is known beforehand or else made in `made`.
  // StepFailed when a token's expression yields neither text nor an index.
  Result<const Path*> resolve(const Path& base, Scope& scope, Path& made) const;

 private:
  // Known, or else yielded by an expression.
  struct Token {
    Key key = {};
    Expression expression = {};
  };

  Path fixed_;            // when all tokens are known
  Vector<Token> tokens_;  // otherwise
};

}  // namespace isthmus
