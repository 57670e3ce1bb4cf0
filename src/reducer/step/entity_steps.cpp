// The entity steps of a StepRunner: what they take from expressions, and which operation they are.

#include "reducer/entity/entity_operations.h"
#include "reducer/step/step_runner.h"
#include "script/conversion.h"

namespace isthmus {
namespace {

using enum Operation;

bool isMany(Operation operation) {
  return operation == AddMany || operation == SetMany || operation == SetAll ||
         operation == UpdateMany || operation == UpsertMany || operation == RemoveMany;
}

bool takesEntities(Operation operation) {
  return operation != UpdateOne && operation != UpdateMany && operation != RemoveOne &&
         operation != RemoveMany;
}

}  // namespace

Status StepRunner::applyEntityStep(const Path& path, const Step& step) {
  EntityTable table(draft_, path, step.key, step.sortBy);
  if (auto status = table.check(); !status) return status;
  if (step.operation == RemoveAll) return table.replaceAll({});
  if (step.test) return applyWhere(table, step);
  auto value = evaluate(step.value, path);
  if (!value) return value.pass();
  auto status = applyValue(table, step, value.value());
  if (!status && status.error().where.empty()) status.error().where = toPointer(path);
  return status;
}

Status StepRunner::applyValue(EntityTable& table, const Step& step, const Value& value) {
  const bool many = isMany(step.operation);
  if (takesEntities(step.operation)) {
    auto entities = readEntities(value, many, step.key, scope_.budget);
    return entities ? applyEntities(table, step, std::move(entities).value()) : entities.pass();
  }
  if (step.operation == UpdateOne || step.operation == UpdateMany) {
    auto updates = readUpdates(value, many, scope_.budget);
    return updates ? updateEntities(table, std::move(updates).value()) : updates.pass();
  }
  const bool isFilter = many && value.isObject();
  auto ids = isFilter ? readFilter(table, value) : readIds(value, many, scope_.budget);
  return ids ? table.remove(ids.value()) : ids.pass();
}

Status StepRunner::applyEntities(EntityTable& table, const Step& step, Entities entities) {
  switch (step.operation) {
    case AddOne:
    case AddMany:
      return addEntities(table, std::move(entities));
    case SetOne:
    case SetMany:
      return setEntities(table, std::move(entities));
    case SetAll:
      return setAllEntities(table, std::move(entities));
    default:
      return upsertEntities(table, step, std::move(entities));
  }
}

Status StepRunner::upsertEntities(EntityTable& table, const Step& step, Entities entities) {
  auto known = splitKnown(table, entities);
  auto status = table.add(entities);
  if (!status) return status;
  if (!step.hasSteps) return updateEntities(table, std::move(known));
  for (const auto& [id, value] : known) {
    status = runOnEntity(table, id, step.steps, &value);
    if (!status) return status;
  }
  return table.arrange();
}

Status StepRunner::runOnEntities(EntityTable& table, const EntityIds& ids, const Steps& steps) {
  for (const auto& id : ids) {
    auto status = runOnEntity(table, id, steps, scope_.incoming);
    if (!status) return status;
  }
  return table.arrange();
}

Status StepRunner::runOnEntity(EntityTable& table, const EntityId& id, const Steps& steps,
                               const Value* incoming) {
  if (table.find(id.key) == nullptr) return Done{};  // renamed by what ran before
  Value before = table.before(id.key);
  Base entity{table.pathOf(id.key)};
  auto status = runOn(entity, steps, incoming);
  if (status) status = table.changed(id, std::move(before));
  return status;
}

Status StepRunner::applyWhere(EntityTable& table, const Step& step) {
  const bool isMerge = step.operation == UpdateMany && !step.hasSteps;
  EntityIds ids;
  Entities updates;
  for (const auto& value : table.ids()) {
    if (scope_.isSpent()) break;
    auto id = toEntityId(value, scope_.budget);
    const Value* const entity = id ? table.find(id->key) : nullptr;
    if (entity == nullptr) continue;
    const Value* const outer = std::exchange(scope_.item, entity);
    const bool matches = truthy(step.test.evaluate(scope_));
    auto changes = matches && isMerge ? evaluate(step.value, table.pathOf(id->key)) : Value();
    scope_.item = outer;
    if (!changes) return changes.pass();
    if (matches && isMerge) {
      updates.push_back({*id, std::move(changes).value()});
    } else if (matches) {
      ids.push_back(std::move(*id));
    }
  }
  if (step.operation == RemoveMany) return table.remove(ids);
  if (!isMerge) return runOnEntities(table, ids, step.steps);
  return updateEntities(table, std::move(updates));
}

}  // namespace isthmus
