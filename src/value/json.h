#pragma once

#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/result.h"
#include "value/value.h"

namespace isthmus {

// JSON text (RFC 8259), for native tools and tests; JavaScript hands values over in the binary
// form.
Result<Value> parseJson(std::string_view text, const Limits& limits = {});

// Compact JSON with the shortest numbers that read back as the same double.
std::string toJson(const Value& value);

}  // namespace isthmus
