#include <algorithm>
#include <string>

#include "reducer/expression/expression.h"
#include "reducer/expression/operators.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

Status checkCount(const Operator& operation, std::size_t count) {
  if (count >= operation.atLeast && count <= operation.atMost) return Done{};
  return invalidDefinition("'" + std::string(operation.name) + "' does not take " +
                           std::to_string(count) + " arguments");
}

}  // namespace

// Reads rules that stand in one frame.
class ExpressionCompiler {
 public:
  explicit ExpressionCompiler(Frame frame) : frame_(frame) {}

  Result<Expression> rule(const Value& rule) const {
    if (rule.isArray()) return array(rule);
    if (!rule.isObject() || rule.members().size() != 1) return Expression::literal(rule);
    const auto& [key, argument] = *rule.members().begin();
    auto compiled = operation(key.text(), argument);
    if (!compiled) return below(key, std::move(compiled.error()));
    return compiled;
  }

 private:
  using Expressions = std::vector<Expression>;

  Result<Expression> operation(const std::string& name, const Value& argument) const {
    if (name == "literal") return Expression::literal(argument);
    if (name == "object") return object(argument);
    const Operator* const found = findOperator(name);
    if (found == nullptr) {
      return invalidDefinition("'" + name +
                               "' is not an operator; wrap plain data in { \"literal\": ... }");
    }
    auto compiled = arguments(argument, found->inner.value_or(frame_));
    if (!compiled) return std::move(compiled.error());
    auto status = checkCount(*found, compiled.value().size());
    if (!status) return std::move(status.error());
    if (name == "var") return var(found->operation, std::move(compiled).value());
    return Expression(Expression::Call{found->operation, std::move(compiled).value()});
  }

  // A single argument needs no array around it.
  Result<Expressions> arguments(const Value& argument, Frame second) const {
    if (argument.isArray()) return rules(argument, second);
    auto only = rule(argument);
    if (!only) return std::move(only.error());
    return Expressions{std::move(only).value()};
  }

  Result<Expressions> rules(const Value& list, Frame second) const {
    Expressions compiled;
    for (const auto& item : list.items()) {
      const auto frame = compiled.size() == 1 ? second : frame_;
      auto expression = ExpressionCompiler(frame).rule(item);
      if (!expression) {
        return below(Key(std::to_string(compiled.size())), std::move(expression.error()));
      }
      compiled.push_back(std::move(expression).value());
    }
    return compiled;
  }

  // An array without rules inside is made once.
  Result<Expression> array(const Value& list) const {
    auto compiled = rules(list, frame_);
    if (!compiled) return std::move(compiled.error());
    auto& items = compiled.value();
    if (!std::all_of(items.begin(), items.end(), isLiteral)) {
      return Expression(Expression::ArrayOf{std::move(items)});
    }
    std::vector<Value> values;
    values.reserve(items.size());
    for (const auto& item : items) values.push_back(*literalOf(item));
    return Expression::literal(Value(std::move(values)));
  }

  Result<Expression> object(const Value& argument) const {
    if (!argument.isObject()) return invalidDefinition("'object' takes an object of expressions");
    Expression::ObjectOf object;
    for (const auto& [key, content] : argument.members()) {
      auto value = rule(content);
      if (!value) return below(key, std::move(value.error()));
      object.keys.push_back(key);
      object.values.push_back(std::move(value).value());
    }
    return Expression(std::move(object));
  }

  // A path that stands in the rule is read now, and at the top must begin at a root.
  Result<Expression> var(Expression::Operation computed, Expressions arguments) const {
    const Value whole;
    const Value* const path = arguments.empty() ? &whole : literalOf(arguments[0]);
    if (path == nullptr) return Expression(Expression::Call{computed, std::move(arguments)});
    Expression::Var var{parseVariable(*path, frame_), {}};
    if (frame_ == Frame::Roots && var.variable.root == Variable::Root::Nothing) {
      return invalidDefinition(
          "'var' must begin with state, payload, meta, item or incoming, not '" + toText(*path) +
          "'");
    }
    if (arguments.size() > 1) var.fallback.push_back(std::move(arguments[1]));
    return Expression(std::move(var));
  }

  static const Value* literalOf(const Expression& expression) {
    const auto* const literal = std::get_if<Expression::Literal>(expression.content_.get());
    return literal == nullptr ? nullptr : &literal->value;
  }
  static bool isLiteral(const Expression& expression) { return literalOf(expression) != nullptr; }

  Frame frame_;
};

Result<Expression> Expression::compile(const Value& rule) {
  return ExpressionCompiler(Frame::Roots).rule(rule);
}

}  // namespace isthmus
