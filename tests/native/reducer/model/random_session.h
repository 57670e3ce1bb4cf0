#pragma once

#include <vector>

#include "native/reducer/model/coverage.h"
#include "native/reducer/model/plain_value.h"

namespace isthmus::model {

// One of a session's actions and the state after it; nothing when it is refused.
struct Turn {
  std::string type;
  Value payload;
  Plain state;
};

// A slice with random reducers, and what a PlainProgram makes of random actions from its initial
// state on.
struct Session {
  Value definition;
  std::vector<Turn> turns;
  std::size_t steps = 0;         // in all reducers that were called
  std::size_t appliedSteps = 0;  // in those that were not refused
};

// `ids` as RandomProgram takes it; the session ends early when its state is larger than `largest`,
// counted in bytes of JSON.
struct SessionSize {
  std::size_t ids;
  std::size_t largest;
};

inline constexpr SessionSize kSmall{6, 2'000};
inline constexpr SessionSize kLarge{200, 50'000};

Session makeSession(unsigned seed, const SessionSize& size, Coverage& coverage);

}  // namespace isthmus::model
