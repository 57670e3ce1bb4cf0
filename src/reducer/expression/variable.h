#pragma once

#include <optional>

#include "reducer/expression/scope.h"
#include "value/path.h"

namespace isthmus {

// Where a `var` reads. The first name of its path decides, and what the others mean depends on the
// frame that the rule stands in:
//
//   path begins with           Roots       Element                Reduction
//   state payload meta item                the element's member
//   incoming                   that root   or, without, that root that root
//   current accumulator        nothing     the element's member   that value
//   another name               nothing     the element's member   nothing
//   "" (the whole data)        nothing     the element            { current, accumulator }
//
// In an Element frame the root `item` is the element itself.
struct Variable {
  enum class Root : std::uint8_t {
    State,
    Payload,
    Meta,
    Item,
    Incoming,
    Current,
    Accumulator,
    Reduction,
    Nothing
  };
  Root root = Root::Nothing;
  Path path = {};
  Path member = {};  // the whole path, where an element may have a member of the root's name
};

// Reads what a rule gives as a path: names between dots, in a text or what converts to one. An
// empty text and null are the whole data.
Variable parseVariable(const Value& path, Frame frame);

// The value there, if any. As in JavaScript, arrays and texts have a `length`, and texts have their
// units by index; nothing inherited is seen.
std::optional<Value> read(const Variable& variable, const Scope& scope);

}  // namespace isthmus
