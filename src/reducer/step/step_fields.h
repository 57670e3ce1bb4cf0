#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reducer/entity/entity_order.h"
#include "reducer/step/step.h"

namespace isthmus {

// Reads the fields of one step's canonical JSON and remembers the first error, so that a step's
// compiler can be written as one expression. The fields asked for are those the step may have.
class StepFields {
 public:
  explicit StepFields(const Value& step) : step_(step) {}

  bool has(const char* name) const { return step_.find(Key(name)) != nullptr; }
  Location path(const char* name) { return read<Location>(name, Location::compile); }
  Location optionalPath(const char* name) { return has(name) ? path(name) : Location(); }
  Expression expression(const char* name) {
    return read<Expression>(name, Expression::compile, Expression::literal({}));
  }
  std::optional<Expression> optionalExpression(const char* name) {
    return has(name) ? std::optional(expression(name)) : std::nullopt;
  }
  Steps steps(const char* name) { return read<Steps>(name, compileSteps); }
  std::optional<Steps> optionalSteps(const char* name) {
    return has(name) ? std::optional(steps(name)) : std::nullopt;
  }
  Key key(const char* name) { return read<Key>(name, readKey, Key("")); }
  EntityOrder order(const char* name) {
    return has(name) ? read<EntityOrder>(name, EntityOrder::compile) : EntityOrder();
  }
  // Refuses the definition because of one of its fields.
  void refuse(const char* name, std::string_view message);

  // The step, unless a field was refused or is unknown.
  Result<Step> finish(Step step) &&;

 private:
  static Result<Key> readKey(const Value& value);

  template <typename T>
  T read(const char* name, Result<T> (*compile)(const Value&), T failed = T()) {
    known_.emplace_back(name);
    const Value* const field = step_.find(Key(name));
    auto result =
        field != nullptr
            ? compile(*field)
            : Result<T>(invalidDefinition("this step needs the field '" + known_.back() + "'"));
    if (result) return std::move(result).value();
    if (!error_)
      error_ =
          field ? below(Key(name), std::move(result.error())) : toHeap(std::move(result.error()));
    return failed;
  }

  const Value& step_;
  std::vector<std::string> known_;
  HeapError error_;
};

}  // namespace isthmus
