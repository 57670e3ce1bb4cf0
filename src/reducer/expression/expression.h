#pragma once

#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

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
class Expression {
 public:
  // Errors are InvalidDefinition with the place inside `rule`.
  static Result<Expression> compile(const Value& rule);
  static Expression literal(Value value);

  // Null, at once, when the scope's budget is spent.
  Value evaluate(Scope& scope) const;

  using Arguments = std::span<const Expression>;
  using Operation = Value (*)(Arguments, Scope&);

 private:
  struct Literal {
    Value value;
  };
  struct Var {
    Variable variable;
    std::vector<Expression> fallback;  // none or one
  };
  struct ArrayOf {
    std::vector<Expression> items;
  };
  struct ObjectOf {
    std::vector<Key> keys;
    std::vector<Expression> values;
  };
  struct Call {
    Operation operation;
    std::vector<Expression> arguments;
  };
  using Content = std::variant<Literal, Var, ArrayOf, ObjectOf, Call>;

  friend class ExpressionCompiler;

  explicit Expression(Content content)
      : content_(std::make_shared<const Content>(std::move(content))) {}

  std::shared_ptr<const Content> content_;
};

}  // namespace isthmus
