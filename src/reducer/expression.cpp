#include "reducer/expression.h"

#include <algorithm>
#include <array>
#include <string>

#include "reducer/operators.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

Error invalid(std::string message) { return {ErrorCode::InvalidDefinition, std::move(message)}; }

Error below(std::string_view key, Error error) {
  error.where = toPointer({Key(key)}) + error.where;
  return error;
}

std::vector<std::string_view> splitDots(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace

Expression Expression::literal(Value value) { return Expression(Literal{std::move(value)}); }

Result<Expression> Expression::compile(const Value& rule) {
  if (rule.isArray()) {
    auto items = compileArguments(rule);
    if (!items) return std::move(items.error());
    return Expression(ArrayOf{std::move(items).value()});
  }
  if (rule.isObject() && rule.members().size() == 1) {
    const auto& operation = rule.members().front();
    auto compiled = compileOperation(operation);
    if (!compiled) return below(operation.key.text(), std::move(compiled.error()));
    return compiled;
  }
  return literal(rule);
}

Result<Expression> Expression::compileOperation(const Value::Member& operation) {
  const auto& [key, argument] = operation;
  const auto& name = key.text();
  if (name == "literal") return literal(argument);
  if (name == "object") return compileObject(argument);
  if (name == "var") return compileVar(argument);
  const Operator* const found = findOperator(name);
  if (found == nullptr) {
    return invalid("'" + name + "' is not an operator; wrap plain data in { \"literal\": ... }");
  }
  auto arguments = argument.isArray() ? compileArguments(argument)
                                      : compileArguments(Value(Value::Items{argument}));
  if (!arguments) return std::move(arguments.error());
  const auto count = arguments.value().size();
  if (count < found->atLeast || count > found->atMost) {
    return invalid("'" + name + "' does not take " + std::to_string(count) + " arguments");
  }
  return Expression(Call{found->operation, std::move(arguments).value()});
}

Result<Expression> Expression::compileVar(const Value& argument) {
  const bool withFallback = argument.isArray();
  if (withFallback && (argument.items().empty() || argument.items().size() > 2)) {
    return invalid("'var' takes a path, or an array of a path and a default");
  }
  const Value& path = withFallback ? argument.items().front() : argument;
  if (!path.isString()) return invalid("the path of 'var' must be a string");
  const auto parts = splitDots(path.string());
  static constexpr auto kRoots =
      std::to_array<std::string_view>({"state", "payload", "meta", "item"});
  const auto* const root = std::find(kRoots.begin(), kRoots.end(), parts.front());
  if (root == kRoots.end()) {
    return invalid("'var' must begin with state, payload, meta or item, not '" +
                   std::string(parts.front()) + "'");
  }
  Var var{static_cast<Root>(root - kRoots.begin()), {}, {}};
  for (std::size_t i = 1; i < parts.size(); ++i) var.path.emplace_back(parts[i]);
  if (withFallback && argument.items().size() == 2) {
    auto fallback = compile(argument.items()[1]);
    if (!fallback) return below("1", std::move(fallback.error()));
    var.fallback.push_back(std::move(fallback).value());
  }
  return Expression(std::move(var));
}

Result<Expression> Expression::compileObject(const Value& argument) {
  if (!argument.isObject()) return invalid("'object' takes an object of expressions");
  ObjectOf object;
  for (const auto& [key, rule] : argument.members()) {
    auto value = compile(rule);
    if (!value) return below(key.text(), std::move(value.error()));
    object.keys.push_back(key);
    object.values.push_back(std::move(value).value());
  }
  return Expression(std::move(object));
}

Result<std::vector<Expression>> Expression::compileArguments(const Value& arguments) {
  std::vector<Expression> compiled;
  for (const auto& rule : arguments.items()) {
    auto argument = compile(rule);
    if (!argument) return below(std::to_string(compiled.size()), std::move(argument.error()));
    compiled.push_back(std::move(argument).value());
  }
  return compiled;
}

Value Expression::evaluate(Scope& scope) const {
  return std::visit(
      Overloaded{
          [](const Literal& literal) { return literal.value; },
          [&](const Var& var) {
            const std::array roots{scope.state, scope.payload, scope.meta, scope.item};
            const Value* const root = roots[static_cast<std::size_t>(var.root)];
            const Value* const found = root == nullptr ? nullptr : find(*root, var.path);
            if (found != nullptr) return *found;
            return var.fallback.empty() ? Value() : var.fallback.front().evaluate(scope);
          },
          [&](const ArrayOf& array) {
            Value::Items items;
            items.reserve(array.items.size());
            for (const auto& item : array.items) items.push_back(item.evaluate(scope));
            return Value(std::move(items));
          },
          [&](const ObjectOf& object) {
            ObjectBuilder builder;
            for (std::size_t i = 0; i < object.keys.size(); ++i) {
              builder.set(object.keys[i], object.values[i].evaluate(scope));
            }
            return std::move(builder).build();
          },
          [&](const Call& call) { return call.operation(call.arguments, scope); },
      },
      *content_);
}

}  // namespace isthmus
