#pragma once

#include <string_view>

#include "base/result.h"
#include "contract/schema/schema_node.h"

namespace isthmus {

// Lets `rules` assert a format by its name: date time date-time duration email hostname ipv4 ipv6
// uri uri-reference uuid json-pointer regex. Any other name is InvalidDefinition, since it would
// promise a check that nobody makes.
Status assertFormat(std::string_view name, StringRules& rules);

}  // namespace isthmus
