#include "reducer/step_fields.h"

#include <algorithm>

namespace isthmus {

Result<Key> StepFields::readKey(const Value& value) {
  if (!value.isString()) return invalidDefinition("a key must be a string");
  return Key(value.string());
}

void StepFields::refuse(const char* name, std::string message) {
  if (!error_) error_ = below(Key(name), invalidDefinition(std::move(message)));
}

Result<Step> StepFields::finish(Step step) && {
  if (error_) return std::move(*error_);
  for (const auto& member : step_.members()) {
    const auto& name = member.key.text();
    if (name != "op" && std::find(known_.begin(), known_.end(), name) == known_.end()) {
      return below(Key(name), invalidDefinition("this step has no such field"));
    }
  }
  return step;
}

}  // namespace isthmus
