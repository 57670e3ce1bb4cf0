#include "engine.h"

namespace isthmus::bindings {

Engine& engine() {
  static Engine instance;
  return instance;
}

Error unknownId(const char* what) {
  return {ErrorCode::UnknownId, std::string("this ") + what + " does not exist or is gone"};
}

}  // namespace isthmus::bindings
