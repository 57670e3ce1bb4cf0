#include "reducer/step_fields.h"

#include <algorithm>

namespace isthmus {

Error StepFields::invalid(std::string message) {
  return {ErrorCode::InvalidDefinition, std::move(message)};
}

Error StepFields::below(std::string_view key, Error error) {
  error.where = toPointer({Key(key)}) + error.where;
  return error;
}

Result<Key> StepFields::readKey(const Value& value) {
  if (!value.isString()) return invalid("a key must be a string");
  return Key(value.string());
}

void StepFields::refuse(const char* name, std::string message) {
  if (!error_) error_ = below(name, invalid(std::move(message)));
}

Result<Step> StepFields::finish(Step step) && {
  if (error_) return std::move(*error_);
  for (const auto& member : step_.members()) {
    const auto& name = member.key.text();
    if (name != "op" && std::find(known_.begin(), known_.end(), name) == known_.end()) {
      return below(name, invalid("this step has no such field"));
    }
  }
  return step;
}

}  // namespace isthmus
