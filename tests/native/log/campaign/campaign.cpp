#include "native/log/campaign/campaign.h"

namespace isthmus::campaign {

Outcome runCampaign(Profile profile, Setting setting, std::uint64_t from, std::uint64_t count,
                    bool endsAtFailure) {
  Outcome outcome;
  for (auto seed = from; seed < from + count; ++seed) {
    setting.isOverWire = seed % 4 == 0;
    try {
      Simulation(seed, profile, setting, outcome.totals).run();
    } catch (const Failure& failure) {
      if (outcome.failed++ == 0) {
        outcome.firstSeed = seed;
        outcome.firstWhat = failure.what;
      }
      if (endsAtFailure) break;
    }
  }
  return outcome;
}

}  // namespace isthmus::campaign
