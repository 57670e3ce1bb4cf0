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

  // A path that is known beforehand is lent, any other one is made.
  class Resolved {
   public:
    static Resolved lend(const Path& path) { return {&path, {}}; }
    static Resolved make(Path path) { return {nullptr, std::move(path)}; }
    const Path& path() const { return lent_ != nullptr ? *lent_ : made_; }

   private:
    Resolved(const Path* lent, Path made) : lent_(lent), made_(std::move(made)) {}

    const Path* lent_;
    Path made_;
  };

  // The path behind `base`. StepFailed when a token's expression yields neither text nor an index.
  // What is returned may refer to this location.
  Result<Resolved> resolve(const Path& base, Scope& scope) const;

 private:
  Path fixed_;                                         // when all tokens are known
  std::vector<std::variant<Key, Expression>> tokens_;  // otherwise
};

}  // namespace isthmus
