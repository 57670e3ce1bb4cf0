#pragma once

#include <string>

#include "log/log.h"

namespace isthmus::bindings {

// Of an entry, as users see it.
std::string textOf(const EntryId& id);
// What is kept, from the newest.
Value describeEntries(const Log& log);
// All else that is to be seen of it.
Value describe(const Log& log, Time now);

}  // namespace isthmus::bindings
