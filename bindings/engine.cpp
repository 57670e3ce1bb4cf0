#include "engine.h"

namespace isthmus::bindings {

Engine& engine() {
  static Engine instance;
  return instance;
}

void commitJointly(Store& store, Bridge& bridge) {
  engine().joint = {&store, store.pendingSerial(), &bridge, &bridge.books()};
  store.commit();
  bridge.commitSettle();
  engine().joint = {};
}

const Books& committedBooks(const Bridge& bridge) {
  const auto& [store, serial, joint, before] = engine().joint;
  const bool isHalf = before == &bridge.books() && joint == &bridge && store->serial() == serial;
  return isHalf ? bridge.settledBooks() : bridge.books();
}

Error unknownId(const char* what) {
  return {ErrorCode::UnknownId, std::string("this ") + what + " does not exist or is gone"};
}

Outcome failUnknown(const char* what) { return fail(unknownId(what)); }

}  // namespace isthmus::bindings
