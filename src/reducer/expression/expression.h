#pragma once

#include <span>

#include "base/result.h"
#include "reducer/expression/scope.h"
#include "reducer/expression/variable.h"

namespace isthmus {

// A JsonLogic rule (https://jsonlogic.com) over the roots of a Scope, compiled once.
//
//   { "var": "payload.qty" }   a value by path, null or the given default when absent
//   { "<operator>": [args] }   the operators of reducer/expression/operators_*.cpp
//   { "literal": any }         that value, unread
//   { "object": { key: rule } } an object built from rules
//   [rule, ...]                an array built from rules
//   anything else              itself; objects of two keys or more are plain values
//
// Where paths begin is told in reducer/expression/variable.h: at the roots, and in the rules that
// `map`, `filter`, `all`, `some`, `none` and `reduce` apply to elements also at the element, as
// JsonLogic has it.
class ISTHMUS_TRIVIAL_ABI Expression {
 public:
  // None, which is not to be evaluated.
  Expression() = default;
  explicit operator bool() const { return static_cast<bool>(node_); }

  // Errors are InvalidDefinition with the place inside `rule`.
  static Result<Expression> compile(const Value& rule);
  static Expression literal(Value value);

  // Null, at once, when the scope's budget is spent.
  Value evaluate(Scope& scope) const;

  using Arguments = std::span<const Expression>;
  using Operation = Value (*)(Arguments, Scope&);

 private:
  enum class Form : std::uint8_t { Literal, Variable, Array, Object, Call };
  // What its form has no use for is empty.
  struct Node : RefCounted {
    Form form = Form::Literal;
    Operation operation = nullptr;
    Value literal = {};
    Variable variable = {};
    Vector<Key> keys = {};              // of an object, one for each argument
    Vector<Expression> arguments = {};  // of a variable: what stands in for it, or none
  };

  friend class ExpressionCompiler;

  explicit Expression(Form form) : node_(Shared<Node>::make()) { node_->form = form; }

  Shared<Node> node_;
};

}  // namespace isthmus
