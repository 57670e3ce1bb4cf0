#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "contract/casters.h"
#include "contract/never_path.h"
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
//     never?: [never path]                parts of the payload that never leave, nor come in
//     payload?: schema                    of the payload on the wire, without the `never` parts
//     upcast?, downcast?: casters         between schemaVersions (contract/casters.h)
//     emit?: [1, 2]                       the versions it leaves in; schemaVersion when absent
//     credentials?: 'allow' | 'refuse'    what looks like one (contract/credential.h); 'refuse'
//     lastWins?: true | false             whether an older action than the last is dropped; false
//     assertFormats?: true | false | { annotations: [format] } }
//                                         whether `format` in the schema is checked, but for these;
//                                         false
struct Contract {
  Audience from = {};
  Audience to = {};
  std::uint32_t schemaVersion = 1;
  NeverPaths never = {};
  std::optional<Schema> payload = {};
  Casters casters = {};
  std::vector<std::uint32_t> emit = {};  // at least one; the first is what old receivers read
  bool allowsCredentials = false;
  bool lastWins = false;
  Value definition = {};
};

inline constexpr std::size_t kMostEmitted = 8;

// Errors are InvalidDefinition with the place inside `definition`. An unknown field is refused, and
// so are a `never` part which the schema requires or has under a name much like it, and an emitted
// version without casters to it: no such action could ever leave.
Result<Contract> compileContract(const Value& definition);

// As above; the message says whose contract it is.
Result<Contract> compileContractOf(std::string_view type, const Value& definition);

}  // namespace isthmus
