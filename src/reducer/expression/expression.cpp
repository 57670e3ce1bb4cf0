#include "reducer/expression/expression.h"

#include "value/object_builder.h"

namespace isthmus {
namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace

Expression Expression::literal(Value value) { return Expression(Literal{std::move(value)}); }

Value Expression::evaluate(Scope& scope) const {
  if (!scope.spend()) return {};
  return std::visit(Overloaded{
                        [](const Literal& literal) { return literal.value; },
                        [&](const Var& var) {
                          auto found = read(var.variable, scope);
                          if (found) return std::move(*found);
                          return var.fallback.empty() ? Value() : var.fallback[0].evaluate(scope);
                        },
                        [&](const ArrayOf& array) {
                          std::vector<Value> items;
                          if (!scope.make(arrayBytes(array.items.size()))) return Value();
                          items.reserve(array.items.size());
                          for (const auto& item : array.items)
                            items.push_back(item.evaluate(scope));
                          return Value(std::move(items));
                        },
                        [&](const ObjectOf& object) {
                          ObjectBuilder builder;
                          if (!scope.make(objectBytes(object.keys.size()))) return Value();
                          builder.reserve(object.keys.size());
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
