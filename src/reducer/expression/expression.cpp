#include "reducer/expression/expression.h"

#include "value/object_builder.h"

namespace isthmus {

Expression Expression::literal(Value value) {
  Expression made(Form::Literal);
  made.node_->literal = std::move(value);
  return made;
}

Value Expression::evaluate(Scope& scope) const {
  if (!scope.spend()) return {};
  const auto& arguments = node_->arguments;
  switch (node_->form) {
    case Form::Literal:
      return node_->literal;
    case Form::Variable: {
      auto found = read(node_->variable, scope);
      if (found) return std::move(*found);
      return arguments.empty() ? Value() : arguments[0].evaluate(scope);
    }
    case Form::Array: {
      Vector<Value> items;
      if (!scope.make(arrayBytes(arguments.size()))) return {};
      items.reserve(arguments.size());
      for (const auto& item : arguments) items.push_back(item.evaluate(scope));
      return Value(std::move(items));
    }
    case Form::Object: {
      ObjectBuilder builder;
      if (!scope.make(objectBytes(arguments.size()))) return {};
      builder.reserve(arguments.size());
      for (std::size_t i = 0; i < arguments.size(); ++i) {
        builder.set(node_->keys[i], arguments[i].evaluate(scope));
      }
      return std::move(builder).build();
    }
    default:
      return node_->operation(arguments, scope);
  }
}

}  // namespace isthmus
