#pragma once

#include <string>

#include "native/log/campaign/simulation.h"

namespace isthmus::campaign {

// The failures of some schedules, of which it keeps the first.
struct Outcome {
  long failed = 0;
  std::uint64_t firstSeed = 0;
  std::string firstWhat;
  Totals totals;
};

// Of each fourth schedule the messages go as bytes. Ends at the first failure, or after the last.
Outcome runCampaign(Profile profile, Setting setting, std::uint64_t from, std::uint64_t count,
                    bool endsAtFailure = true);

}  // namespace isthmus::campaign
