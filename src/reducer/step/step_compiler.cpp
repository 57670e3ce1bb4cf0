#include <algorithm>
#include <string>

#include "reducer/step/entity_step_compiler.h"
#include "reducer/step/step_fields.h"

namespace isthmus {
namespace {

struct StepKind {
  std::string_view name;
  Step (*compile)(StepFields&);
};

template <typename T>
Step onlyPath(StepFields& fields) {
  return {T{fields.path("path")}};
}

template <typename T>
Step pathAndValue(StepFields& fields) {
  auto path = fields.path("path");
  return {T{std::move(path), fields.expression("value")}};
}

Step compileInc(StepFields& fields) {
  auto path = fields.path("path");
  auto value = fields.has("value") ? fields.expression("value") : Expression::literal(Value(1.0));
  return {IncStep{std::move(path), std::move(value)}};
}

Step compileRemoveWhere(StepFields& fields) {
  auto path = fields.path("path");
  return {RemoveWhereStep{std::move(path), fields.expression("where")}};
}

Step compileUpdateWhere(StepFields& fields) {
  auto path = fields.path("path");
  auto where = fields.expression("where");
  return {UpdateWhereStep{std::move(path), std::move(where), fields.steps("onMatch")}};
}

Step compileUpsert(StepFields& fields) {
  auto path = fields.path("path");
  auto by = fields.key("by");
  auto value = fields.expression("value");
  auto onMatch = fields.optionalSteps("onMatch");
  return {UpsertStep{std::move(path), std::move(by), std::move(value), std::move(onMatch)}};
}

Step compileReset(StepFields& fields) { return {ResetStep{fields.optionalPath("path")}}; }

Step compileIf(StepFields& fields) {
  auto test = fields.expression("test");
  auto then = fields.steps("then");
  return {IfStep{std::move(test), std::move(then), fields.optionalSteps("else").value_or(Steps())}};
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
  StepFields fields(definition);
  if (const auto operation = entityOperation(op->string())) {
    auto step = compileEntityStep(*operation, fields);
    return std::move(fields).finish({std::move(step)});
  }
  const auto* const kind = std::find_if(std::begin(kSteps), std::end(kSteps),
                                        [&](const auto& k) { return k.name == op->string(); });
  if (kind == std::end(kSteps)) {
    return invalidDefinition("this engine has no step '" + std::string(op->string()) + "'", "/op");
  }
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
