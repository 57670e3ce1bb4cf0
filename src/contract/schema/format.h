#pragma once

#include <string_view>

#include "base/result.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// Lets `node` assert a format by its name. Of strings: date time date-time duration email hostname
// ipv4 ipv6 uri uri-reference uuid json-pointer regex; of numbers, as OpenAPI has them: int32 int64
// float double. Any other name is InvalidDefinition, since it would promise a check that nobody
// makes.
Status assertFormat(std::string_view name, SchemaNode& node);

}  // namespace isthmus
