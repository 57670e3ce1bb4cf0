#pragma once

#include <optional>
#include <string_view>

#include "reducer/step/step_fields.h"

namespace isthmus {

// The entity operation of that name, "updateOne" for example, if there is one.
std::optional<EntityOperation> entityOperation(std::string_view name);

// Reads the fields of an entity step:
//
//   path, value (default { "var": "payload" }), selectId (default "id"), sortBy
//   where     updateMany, removeMany: instead of the ids; for updateMany `value` is the changes
//   onMatch   upsertOne, upsertMany, and updateMany with `where`: instead of merging
EntityStep compileEntityStep(EntityOperation operation, StepFields& fields);

}  // namespace isthmus
