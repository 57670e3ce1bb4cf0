#include "engine.h"

#include "converging.h"

namespace isthmus::bindings {

Engine& engine() {
  static Engine instance;
  return instance;
}

void commitPending(Store& store) {
  if (engine().converging == &store) return endConverging(store, true);
  store.commit();
}

void discardPending(Store& store) {
  if (engine().converging == &store) return endConverging(store, false);
  store.discard();
}

ActionLimits actionLimits(std::size_t bytes, std::size_t steps) {
  const ActionLimits standard;
  return {bytes == 0 ? standard.bytes : bytes, steps == 0 ? standard.steps : steps};
}

Error unknownId(const char* what) {
  return {ErrorCode::UnknownId, std::string("this ") + what + " does not exist or is gone"};
}

Outcome failUnknown(const char* what) { return fail(unknownId(what)); }

}  // namespace isthmus::bindings
