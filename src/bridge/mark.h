#pragma once

#include "value/value.h"

namespace isthmus {

// The marks in an action's meta: `crossApp: true` asks for crossing, `origin: "__bridged__"` says
// that it has crossed.
bool isMarked(const Value& action);
bool isBridged(const Value& action);

// The action with the first mark.
Value markCrossing(const Value& action);
// The action as the receiving store dispatches it: both marks set, all else as it was sent.
Value markBridged(const Value& action);
// Its meta.
Value bridgedMeta(const Value& action);

}  // namespace isthmus
