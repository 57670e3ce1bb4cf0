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
    if (!compiled) return below(key, compiled.pass());
    return compiled;
  }

 private:
  using Expressions = Vector<Expression>;
  using Form = Expression::Form;

  Result<Expression> operation(const std::string& name, const Value& argument) const {
    if (name == "literal") return Expression::literal(argument);
    if (name == "object") return object(argument);
    const Operator* const found = findOperator(name);
    if (found == nullptr) {
      return invalidDefinition("'" + name +
                               "' is not an operator; wrap plain data in { \"literal\": ... }");
    }
    auto compiled = arguments(argument, found->inner.value_or(frame_));
    if (!compiled) return compiled.pass();
    auto status = checkCount(*found, compiled.value().size());
    if (!status) return status.pass();
    if (name == "var") return var(found->operation, std::move(compiled).value());
    return call(found->operation, std::move(compiled).value());
  }

  // A single argument needs no array around it.
  Result<Expressions> arguments(const Value& argument, Frame second) const {
    if (argument.isArray()) return rules(argument, second);
    auto only = rule(argument);
    if (!only) return only.pass();
    return Expressions{std::move(only).value()};
  }

  Result<Expressions> rules(const Value& list, Frame second) const {
    Expressions compiled;
    for (const auto& item : list.items()) {
      const auto frame = compiled.size() == 1 ? second : frame_;
      auto expression = ExpressionCompiler(frame).rule(item);
      if (!expression) {
        return below(Key(std::to_string(compiled.size())), expression.pass());
      }
      compiled.push_back(std::move(expression).value());
    }
    return compiled;
  }

  // An array without rules inside is made once.
  Result<Expression> array(const Value& list) const {
    auto compiled = rules(list, frame_);
    if (!compiled) return compiled.pass();
    auto& items = compiled.value();
    Vector<Value> values;
    for (const auto& item : items) {
      if (isLiteral(item)) values.push_back(item.node_->literal);
    }
    if (values.size() == items.size()) return Expression::literal(Value(std::move(values)));
    return with(std::move(items), Form::Array);
  }

  Result<Expression> object(const Value& argument) const {
    if (!argument.isObject()) return invalidDefinition("'object' takes an object of expressions");
    Expression object(Form::Object);
    for (const auto& [key, content] : argument.members()) {
      auto value = rule(content);
      if (!value) return below(key, value.pass());
      object.node_->keys.push_back(key);
      object.node_->arguments.push_back(std::move(value).value());
    }
    return object;
  }

  // A path that stands in the rule is read now, and at the top must begin at a root.
  Result<Expression> var(Expression::Operation computed, Expressions arguments) const {
    const Value whole;
    if (!arguments.empty() && !isLiteral(arguments[0])) return call(computed, std::move(arguments));
    const Value& path = arguments.empty() ? whole : arguments[0].node_->literal;
    Expression var(Form::Variable);
    var.node_->variable = parseVariable(path, frame_);
    if (frame_ == Frame::Roots && var.node_->variable.root == Variable::Root::Nothing) {
      return invalidDefinition(
          "'var' must begin with state, payload, meta, item or incoming, not '" + toText(path) +
          "'");
    }
    if (arguments.size() > 1) var.node_->arguments.push_back(std::move(arguments[1]));
    return var;
  }

  static Expression with(Expressions arguments, Form form) {
    Expression made(form);
    made.node_->arguments = std::move(arguments);
    return made;
  }
  static Expression call(Expression::Operation operation, Expressions arguments) {
    Expression made = with(std::move(arguments), Form::Call);
    made.node_->operation = operation;
    return made;
  }
  static bool isLiteral(const Expression& expression) {
    return expression.node_->form == Form::Literal;
  }

  Frame frame_;
};

Result<Expression> Expression::compile(const Value& rule) {
  return ExpressionCompiler(Frame::Roots).rule(rule);
}

}  // namespace isthmus
