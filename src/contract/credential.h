#pragma once

#include "value/value.h"

namespace isthmus {

// Whether a text anywhere in the value, keys included, looks like a credential:
//
//   a JWT               three base64url parts between dots, of which the first is the JSON of an
//                       object with `alg`; also inside a longer text, such as a URL
//   "Bearer <token>"    as a whole; inside a longer text when the token is long and has a digit
//   "Basic <base64>"    where that is the base64 of a text with a colon
//
// Looks at every text a bounded number of times, and at none of the parts that `innocent`, which
// holds no credential, has at the same place.
bool holdsCredential(const Value& value, const Value& innocent = {});

}  // namespace isthmus
