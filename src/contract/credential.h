#pragma once

#include <optional>
#include <string_view>

#include "value/path.h"

namespace isthmus {

// A text that looks like a credential (contract/credential_text.h), and where it is: the place of
// the text, or of the object that has it as a key, so that nothing of it is part of the path.
struct Credential {
  std::string_view kind;
  Path path;
};

// The first such text anywhere in the value, keys included. None of the parts is looked at that
// `innocent`, which holds no credential, has at the same place.
std::optional<Credential> findCredential(const Value& value, const Value& innocent = {});

inline bool holdsCredential(const Value& value, const Value& innocent = {}) {
  return findCredential(value, innocent).has_value();
}

}  // namespace isthmus
