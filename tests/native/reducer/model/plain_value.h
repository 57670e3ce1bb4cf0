#pragma once

#include <functional>
#include <optional>
#include <span>

#include "value/path.h"

// Values changed by copying everything, without regard to cost: what the engine's drafts are
// compared with. Nothing means that there is no such place.
namespace isthmus::model {

using Plain = std::optional<Value>;
using Edit = std::function<Plain(const Value&)>;

// The same without a node in common.
Value deepCopy(const Value& value);

Plain editAt(const Value& root, std::span<const Key> path, const Edit& edit);
Plain setAt(const Value& root, const Path& path, const Value& value);
Plain removeAt(const Value& root, const Path& path);
Plain insertAt(const Value& root, const Path& path, const Value& value);
Plain pushAt(const Value& root, const Path& path, const Value& value);
Plain mergeAt(const Value& root, const Path& path, const Value& members);

Value withMember(const Value& object, const Key& key, const Value& value);
Value withoutMember(const Value& object, const Key& key);

}  // namespace isthmus::model
