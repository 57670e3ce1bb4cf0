#pragma once

#include <string_view>

namespace isthmus {

// Whether ECMA-262 knows the property of `\p{text}`. Names of scripts, of which every Unicode
// brings more, are judged by their form.
bool isPropertyName(std::string_view text);

}  // namespace isthmus
