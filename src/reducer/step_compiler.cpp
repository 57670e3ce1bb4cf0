#include <algorithm>
#include <span>
#include <string>

#include "reducer/step.h"

namespace isthmus {
namespace {

// Reads the fields of one step and remembers the first error, so that a step's compiler can be
// written as one expression. The fields read so far are what the step may have.
class Fields {
 public:
  explicit Fields(const Value& step) : step_(step) {}

  Location path(const char* name) { return read<Location>(name, Location::compile); }
  Location optionalPath(const char* name) { return has(name) ? path(name) : Location(); }
  Expression expression(const char* name) {
    return read<Expression>(name, Expression::compile, Expression::literal({}));
  }
  Steps steps(const char* name) { return read<Steps>(name, compileSteps); }
  Steps optionalSteps(const char* name) { return has(name) ? steps(name) : Steps(); }
  Key key(const char* name) { return read<Key>(name, readKey, Key("")); }
  bool has(const char* name) const { return step_.find(Key(name)) != nullptr; }

  Result<Step> finish(Step step) && {
    if (error_) return std::move(*error_);
    for (const auto& member : step_.members()) {
      const auto& name = member.key.text();
      if (name != "op" && std::find(known_.begin(), known_.end(), name) == known_.end()) {
        return below(Key(name), invalidDefinition("this step has no such field"));
      }
    }
    return step;
  }

 private:
  static Result<Key> readKey(const Value& value) {
    if (!value.isString()) return invalidDefinition("a key must be a string");
    return Key(value.string());
  }

  template <typename T>
  T read(const char* name, Result<T> (*compile)(const Value&), T failed = T()) {
    known_.emplace_back(name);
    const Value* const field = step_.find(Key(name));
    auto result =
        field != nullptr
            ? compile(*field)
            : Result<T>(invalidDefinition("this step needs the field '" + known_.back() + "'"));
    if (result) return std::move(result).value();
    if (!error_) error_ = field ? below(Key(name), std::move(result.error())) : result.error();
    return failed;
  }

  const Value& step_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

struct StepKind {
  std::string_view name;
  Step (*compile)(Fields&);
};

template <typename T>
Step onlyPath(Fields& fields) {
  return {T{fields.path("path")}};
}

template <typename T>
Step pathAndValue(Fields& fields) {
  auto path = fields.path("path");
  return {T{std::move(path), fields.expression("value")}};
}

Step compileInc(Fields& fields) {
  auto path = fields.path("path");
  auto value = fields.has("value") ? fields.expression("value") : Expression::literal(Value(1.0));
  return {IncStep{std::move(path), std::move(value)}};
}

Step compileRemoveWhere(Fields& fields) {
  auto path = fields.path("path");
  return {RemoveWhereStep{std::move(path), fields.expression("where")}};
}

Step compileUpdateWhere(Fields& fields) {
  auto path = fields.path("path");
  auto where = fields.expression("where");
  return {UpdateWhereStep{std::move(path), std::move(where), fields.steps("onMatch")}};
}

Step compileUpsert(Fields& fields) {
  auto path = fields.path("path");
  auto by = fields.key("by");
  auto value = fields.expression("value");
  std::optional<Steps> onMatch;
  if (fields.has("onMatch")) onMatch = fields.steps("onMatch");
  return {UpsertStep{std::move(path), std::move(by), std::move(value), std::move(onMatch)}};
}

Step compileReset(Fields& fields) { return {ResetStep{fields.optionalPath("path")}}; }

Step compileIf(Fields& fields) {
  auto test = fields.expression("test");
  auto then = fields.steps("then");
  return {IfStep{std::move(test), std::move(then), fields.optionalSteps("else")}};
}

constexpr StepKind kSteps[] = {
    {"set", pathAndValue<SetStep>},
    {"unset", onlyPath<UnsetStep>},
    {"inc", compileInc},
    {"merge", pathAndValue<MergeStep>},
    {"push", pathAndValue<PushStep>},
    {"insert", pathAndValue<InsertStep>},
    {"remove", onlyPath<RemoveStep>},
    {"removeWhere", compileRemoveWhere},
    {"updateWhere", compileUpdateWhere},
    {"upsert", compileUpsert},
    {"reset", compileReset},
    {"if", compileIf},
};

Result<Step> compileStep(const Value& definition) {
  static const Key kOp("op");
  const Value* const op = definition.isObject() ? definition.find(kOp) : nullptr;
  if (op == nullptr || !op->isString()) {
    return invalidDefinition("a step is an object with an 'op', such as { \"op\": \"set\", ... }");
  }
  const auto* const kind = std::find_if(std::begin(kSteps), std::end(kSteps),
                                        [&](const auto& k) { return k.name == op->string(); });
  if (kind == std::end(kSteps)) {
    return below(Key("op"), invalidDefinition("this engine has no step '" + op->string() + "'"));
  }
  Fields fields(definition);
  auto step = kind->compile(fields);
  return std::move(fields).finish(std::move(step));
}

}  // namespace

Result<Steps> compileSteps(const Value& definition) {
  if (!definition.isArray()) return invalidDefinition("a reducer is a list of steps");
  Steps steps;
  for (const auto& item : definition.items()) {
    auto step = compileStep(item);
    if (!step) return below(Key(std::to_string(steps.size())), std::move(step.error()));
    steps.push_back(std::move(step).value());
  }
  return steps;
}

}  // namespace isthmus
