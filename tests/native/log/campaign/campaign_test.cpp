// Seeded schedules of everything that goes wrong between tabs, over real logs with real slices. As
// many of them as the environment's ISTHMUS_SCHEDULES says, from the seed ISTHMUS_SEED on; `npm run
// campaign` runs a million.

#include "native/log/campaign/campaign.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "native/rounds.h"

using namespace isthmus;
using namespace isthmus::campaign;

namespace {

std::uint64_t chosen(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint64_t>(std::atoll(text));
}

const std::uint64_t kSeed = chosen("ISTHMUS_SEED", 1);
const std::uint64_t kSchedules = chosen("ISTHMUS_SCHEDULES", rounds(10'000));

// Every how manieth schedule is of it: a long one takes as long as forty.
struct Part {
  Profile profile;
  std::size_t keep;
  std::size_t entries;
  std::uint64_t every;
};
constexpr Part kParts[] = {{Profile::Wild, 128, 1024, 4},
                           {Profile::NoCrash, 128, 1024, 8},
                           {Profile::LocksOnly, 128, 1024, 16},
                           {Profile::Browser, 128, 1024, 16},
                           {Profile::BrowserAsleep, 128, 1024, 8},
                           {Profile::BrowserClose, 128, 1024, 16},
                           {Profile::Reopen, 128, 1024, 8},
                           {Profile::Wild, 8, 256, 8},
                           {Profile::Wild, 0, 256, 8},
                           {Profile::Long, 128, 512, 400},
                           {Profile::Long, 8, 256, 800},
                           {Profile::Long, 0, 256, 800}};

void run(const Part& part) {
  Setting setting;
  setting.keep = part.keep;
  setting.entries = part.entries;
  const auto outcome = runCampaign(part.profile, setting, kSeed, kSchedules / part.every + 1);
  const auto& totals = outcome.totals;
  MESSAGE(kProfiles[static_cast<std::size_t>(part.profile)]
          << ", keep " << part.keep << ": " << totals.schedules << " schedules, " << totals.accepted
          << " actions, of which " << totals.onlyCrashedKnew << " only the crashed knew and "
          << totals.lostInForks << " were told to be lost in a fork");
  INFO("ISTHMUS_SEED=" << outcome.firstSeed << ": " << outcome.firstWhat);
  CHECK(outcome.failed == 0);
}

// What fails of the first schedules.
std::string firstFailure(const Setting& setting, std::uint64_t count) {
  return runCampaign(Profile::Wild, setting, 1, count).firstWhat;
}

}  // namespace

TEST_CASE("every schedule ends in one order and one state, with nothing lost") {
  for (const auto& part : kParts) run(part);
}

// A slice without a lineage after the engine had failed began at no time at all; a lock that was
// given back and asked for at once was never granted.
TEST_CASE("schedules that failed once end well") {
  struct Case {
    std::uint64_t seed;
    std::size_t keep;
    std::size_t entries;
  };
  for (const auto& [seed, keep, entries] : {Case{10102744, 0, 256}, Case{10207771, 128, 1024}}) {
    Setting setting;
    setting.keep = keep;
    setting.entries = entries;
    const auto outcome = runCampaign(Profile::Wild, setting, seed, 1);
    INFO(outcome.firstWhat);
    CHECK(outcome.failed == 0);
  }
}

TEST_CASE("without causes an effect is settled before its cause") {
  Setting setting;
  setting.hasNoCauses = true;
  CHECK(firstFailure(setting, 20) == "an effect stands before its cause");
}

TEST_CASE("without adding again what falls off a fork is lost") {
  Setting setting;
  setting.addsNothing = true;
  CHECK(firstFailure(setting, 100).starts_with("an accepted action is lost"));
}

TEST_CASE("without holes what is missing keeps all after it from being settled") {
  Setting setting;
  setting.giveUpAfter = 1e12;
  CHECK(firstFailure(setting, 400) == "something is never settled");
}

TEST_CASE("with nothing kept, groups that never met lose what they settled, and it is told") {
  Setting setting;
  setting.keep = 0;
  setting.entries = 256;
  CHECK(runCampaign(Profile::Wild, setting, 1487, 1).totals.lostInForks > 0);
  setting.forgivesNoFork = true;
  CHECK(runCampaign(Profile::Wild, setting, 1487, 1).failed == 1);
}
