#pragma once

#include <optional>
#include <string_view>

#include "contract/pattern/code_set.h"

namespace isthmus {

// The code points that \p{name} stands for: Any, ASCII and these general categories by their short
// and long names, with or without `gc=`: L Lu Ll N Nd. The tables of the others, and of scripts,
// would be twice the size of these (3 kB in the compressed engine) for what few patterns ask for.
std::optional<CodeSet> unicodeProperty(std::string_view name);

}  // namespace isthmus
