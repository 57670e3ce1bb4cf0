#pragma once

#include "store/store.h"

namespace isthmus::bindings {

// Commits or discards the pending action of `Engine::converging`: in bindings/crossing. This is all
// that the first part of the engine calls of the second one (tools/split-engine.mjs).
[[gnu::noinline]] void endConverging(Store& store, bool isCommitted);

}  // namespace isthmus::bindings
