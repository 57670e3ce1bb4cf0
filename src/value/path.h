#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/vector.h"
#include "value/value.h"

namespace isthmus {

// A location inside a value: keys of objects, and indices of arrays spelled as keys.
using Path = Vector<Key>;

// Reads a JSON Pointer (RFC 6901): "" is the whole value, "/items/0" an element, "~1" a slash.
Result<Path> parsePointer(std::string_view pointer);

std::string toPointer(const Path& path);

// The same error seen from one level further out: its place begins with `key`.
[[gnu::cold]] HeapError below(const Key& key, HeapError error);
[[gnu::cold]] HeapError below(const Key& key, Error&& error);

// The value at `path`, or nullptr when there is none.
const Value* find(const Value& root, const Path& path);

}  // namespace isthmus
