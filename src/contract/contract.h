#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contract/schema.h"

namespace isthmus {

// Which stores take part: all of them, or those listed by name.
struct Audience {
  bool everyone = true;
  std::vector<std::string> stores = {};

  bool includes(std::string_view store) const;
};

// What one action type may do on the bridge.
//
//   { from?, to?: '*' | [store name]      who may send and who may receive it; '*' when absent
//     schemaVersion?: 1, 2, ...           of the payload's shape; 1 when absent
//     never?: [JSON Pointer]              parts of the payload that never leave, nor come in
//     payload?: schema                    of the payload on the wire, without the `never` parts
//     assertFormats?: boolean }           whether `format` in it is checked; an annotation
//     otherwise
struct Contract {
  Audience from = {};
  Audience to = {};
  std::uint32_t schemaVersion = 1;
  std::vector<Path> never = {};
  std::optional<Schema> payload = {};
  Value definition = {};
};

// Errors are InvalidDefinition with the place inside `definition`. An unknown field is refused, and
// so is a `never` part which the schema requires: no such action could ever leave.
Result<Contract> compileContract(const Value& definition);

}  // namespace isthmus
