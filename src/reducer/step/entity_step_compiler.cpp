#include "reducer/step/entity_step_compiler.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace isthmus {
namespace {

constexpr std::pair<std::string_view, EntityOperation> kOperations[] = {
    {"addOne", EntityOperation::AddOne},         {"addMany", EntityOperation::AddMany},
    {"setOne", EntityOperation::SetOne},         {"setMany", EntityOperation::SetMany},
    {"setAll", EntityOperation::SetAll},         {"updateOne", EntityOperation::UpdateOne},
    {"updateMany", EntityOperation::UpdateMany}, {"upsertOne", EntityOperation::UpsertOne},
    {"upsertMany", EntityOperation::UpsertMany}, {"removeOne", EntityOperation::RemoveOne},
    {"removeMany", EntityOperation::RemoveMany}, {"removeAll", EntityOperation::RemoveAll},
};

Expression payload() {
  Value::Members var;
  var.push_back({Key("var"), Value("payload")});
  return Expression::compile(Value(std::move(var))).value();
}

// `where` says which entities; only what is done to them may stand beside it.
void checkChoice(const EntityStep& step, StepFields& fields) {
  const bool isUpdate = step.operation == EntityOperation::UpdateMany;
  if (isUpdate && step.onMatch && !step.where) {
    fields.refuse("onMatch", "in updateMany 'onMatch' needs a 'where'");
  }
  if (step.where && fields.has("value") && (!isUpdate || step.onMatch)) {
    fields.refuse("value", "with 'where' there is nothing that this value is for");
  }
}

}  // namespace

std::optional<EntityOperation> entityOperation(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kOperations), std::end(kOperations),
                                         [&](const auto& entry) { return entry.first == name; });
  return found == std::end(kOperations) ? std::nullopt : std::optional(found->second);
}

EntityStep compileEntityStep(EntityOperation operation, StepFields& fields) {
  using enum EntityOperation;
  EntityStep step{operation,    fields.path("path"), payload(), Key("id"), fields.order("sortBy"),
                  std::nullopt, std::nullopt};
  if (fields.has("selectId")) step.selectId = fields.key("selectId");
  if (operation != RemoveAll && fields.has("value")) step.value = fields.expression("value");
  if (operation == UpdateMany || operation == RemoveMany) {
    step.where = fields.optionalExpression("where");
  }
  if (operation == UpsertOne || operation == UpsertMany || operation == UpdateMany) {
    step.onMatch = fields.optionalSteps("onMatch");
  }
  checkChoice(step, fields);
  return step;
}

}  // namespace isthmus
