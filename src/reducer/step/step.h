#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "reducer/entity/entity_order.h"
#include "reducer/expression/expression.h"
#include "reducer/step/location.h"

namespace isthmus {

struct Step;
using Steps = std::vector<Step>;

// One field of a step's canonical JSON each; see reducer/step/step_compiler.cpp.
struct SetStep {
  Location path;
  Expression value;
};
struct UnsetStep {  // as RemoveStep, but absent is fine
  Location path;
};
struct IncStep {
  Location path;
  Expression value;
};
struct MergeStep {  // the members of `value` into the object at `path`, one level deep
  Location path;
  Expression value;
};
struct PushStep {
  Location path;
  Expression value;
};
struct InsertStep {  // before the index that `path` ends with
  Location path;
  Expression value;
};
struct RemoveStep {  // as in JSON Patch (RFC 6902): the location must exist
  Location path;
};
struct RemoveWhereStep {
  Location path;
  Expression where;
};
struct UpdateWhereStep {
  Location path;
  Expression where;
  Steps onMatch;
};
struct UpsertStep {  // the first element whose key `by` equals the value's gets `onMatch`
  Location path;
  Key by;
  Expression value;
  std::optional<Steps> onMatch;  // none: the value is merged into the element
};
struct ResetStep {  // to what the initial state has there
  Location path;
};
struct IfStep {
  Expression test;
  Steps then;
  Steps otherwise;
};

enum class EntityOperation {
  AddOne,
  AddMany,
  SetOne,
  SetMany,
  SetAll,
  UpdateOne,
  UpdateMany,
  UpsertOne,
  UpsertMany,
  RemoveOne,
  RemoveMany,
  RemoveAll
};
struct EntityStep {  // on { ids, entities }, as Redux Toolkit's entity adapter; entity_table.h
  EntityOperation operation;
  Location path;
  Expression value;
  Key selectId;  // the member that holds an entity's id
  EntityOrder sortBy;
  std::optional<Expression> where;  // chooses the entities, instead of ids
  std::optional<Steps> onMatch;     // none: the value is merged into the entity
};

struct Step {
  std::variant<SetStep, UnsetStep, IncStep, MergeStep, PushStep, InsertStep, RemoveStep,
               RemoveWhereStep, UpdateWhereStep, UpsertStep, ResetStep, IfStep, EntityStep>
      operation;
};

// Reads a list of steps in canonical JSON. InvalidDefinition names the place inside the list: an
// unknown step, an unknown or missing field, a malformed path or expression.
Result<Steps> compileSteps(const Value& definition);

}  // namespace isthmus
