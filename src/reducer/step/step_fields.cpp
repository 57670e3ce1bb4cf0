#include "reducer/step/step_fields.h"

#include <algorithm>

namespace isthmus {

Result<Key> StepFields::readKey(const Value& value) {
  if (!value.isString()) return invalidDefinition("a key must be a string");
  return Key(value.string());
}

void StepFields::refuse(const char* name, std::string_view message) {
  if (!error_) error_ = invalidDefinition(message, "/" + std::string(name));
}

Result<Step> StepFields::finish(Step step) && {
  if (error_) return std::move(error_);
  for (const auto& member : step_.members()) {
    const auto& name = member.key.text();
    if (name != "op" && std::find(known_.begin(), known_.end(), name) == known_.end()) {
      return invalidDefinition("this step has no such field", toPointer({member.key}));
    }
  }
  return step;
}

}  // namespace isthmus
