#pragma once

#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "base/result.h"
#include "reducer/scope.h"
#include "value/path.h"

namespace isthmus {

// A JsonLogic rule (https://jsonlogic.com) over the roots of a Scope, compiled once.
//
//   { "var": "payload.qty" }   a value by path, null or the given default when absent
//   { "<operator>": [args] }   the operators of reducer/operators.cpp
//   { "literal": any }         that value, unread
//   { "object": { key: rule } } an object built from rules
//   [rule, ...]                an array built from rules
//   anything else              itself; objects of two keys or more are plain values
class Expression {
 public:
  // Errors are InvalidDefinition with the place inside `rule`.
  static Result<Expression> compile(const Value& rule);
  static Expression literal(Value value);

  Value evaluate(Scope& scope) const;

  using Arguments = std::span<const Expression>;
  using Operation = Value (*)(Arguments, Scope&);

 private:
  enum class Root { State, Payload, Meta, Item };
  struct Literal {
    Value value;
  };
  struct Var {
    Root root;
    Path path;
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

  explicit Expression(Content content)
      : content_(std::make_shared<const Content>(std::move(content))) {}

  static Result<Expression> compileOperation(const Value::Member& operation);
  static Result<Expression> compileVar(const Value& argument);
  static Result<Expression> compileObject(const Value& argument);
  static Result<std::vector<Expression>> compileArguments(const Value& arguments);

  std::shared_ptr<const Content> content_;
};

}  // namespace isthmus
