#include "native/log/campaign/plan.h"

#include "native/log/campaign/random.h"

namespace isthmus::campaign {
namespace {

void planBrowser(Plan& plan, Random& random, Profile profile) {
  plan.longestDelay = 2;
  plan.actions = 40;
  plan.span = 12'000;
  plan.hasPartialSlices = random.chance(0.5);
  if (profile == Profile::BrowserAsleep) plan.freezes = 2 + random.unit() * 3;
  if (profile == Profile::BrowserClose) {
    plan.crashes = 1 + random.unit();
    plan.joins = 2;
  }
}

void planLong(Plan& plan, Random& random) {
  plan.actions = 700;
  plan.span = 20'000;
  plan.longestDelay = 30;
  plan.isOrdered = random.chance(0.5);
  plan.loss = random.chance(0.5) ? 0 : 0.02;
  plan.freezes = random.unit() * 6;
  plan.crashes = random.unit() * 2;
  plan.joins = 1 + random.unit() * 4;
  plan.traps = random.unit() * 2;
  plan.hasPageCache = random.chance(0.5);
  plan.hasPartialSlices = random.chance(0.5);
  plan.keepsLockAsleep = random.chance(0.7);
  plan.hasLocks = random.chance(0.8);
}

void planNetwork(Plan& plan, Random& random) {
  constexpr std::array kLosses{0.0, 0.0, 0.02, 0.1, 0.3};
  constexpr std::array kDelays{2.0, 5.0, 50.0, 400.0};
  plan.loss = kLosses[random.below(kLosses.size())];
  plan.duplication = random.chance(0.5) ? 0.1 : 0;
  plan.longestDelay = kDelays[random.below(kDelays.size())];
  plan.strayed = random.chance(0.3) ? 0.05 : 0;
  plan.isOrdered = random.chance(0.4);
}

void planWild(Plan& plan, Random& random) {
  const auto sometimes = [&](double chance, double most) {
    return random.chance(chance) ? random.unit() * most : 0;
  };
  planNetwork(plan, random);
  plan.skew = random.chance(0.5) ? 0 : 1 + random.below(30'000);
  plan.hasLocks = random.chance(0.7);
  plan.hasPartialSlices = random.chance(0.5);
  plan.hasOwnSeeds = random.chance(0.3);
  plan.freezes = sometimes(0.6, 4);
  plan.crashes = sometimes(0.6, 3);
  plan.joins = sometimes(0.6, 4);
  plan.detaches = sometimes(0.4, 3);
  plan.ejects = sometimes(0.4, 4);
  plan.partitions = random.chance(0.3) ? 1 + random.unit() : 0;
  plan.clockJumps = sometimes(0.3, 3);
  plan.traps = sometimes(0.3, 3);
  plan.hasPageCache = random.chance(0.5);
  plan.keepsLockAsleep = random.chance(0.7);
  plan.hasStorage = random.chance(0.2);
  plan.hasStranger = random.chance(0.1);
  plan.batch = random.chance(0.5) ? 16 : 1024;
}

}  // namespace

Plan makePlan(std::uint64_t seed, Profile profile) {
  Random random(seed ^ 0xABCD'EF12'345U);
  Plan plan;
  plan.tabs = 2 + static_cast<int>(random.below(5));
  plan.actions = 5 + static_cast<int>(random.below(36));
  plan.span = 2000 + random.below(5000);
  switch (profile) {
    case Profile::Browser:
    case Profile::BrowserAsleep:
    case Profile::BrowserClose:
      planBrowser(plan, random, profile);
      return plan;
    case Profile::Long:
      planLong(plan, random);
      return plan;
    case Profile::Wild:
    case Profile::NoCrash:
    case Profile::LocksOnly:
    case Profile::Reopen:
      break;
  }
  planWild(plan, random);
  if (profile == Profile::NoCrash) plan.crashes = 0;
  if (profile == Profile::LocksOnly) {
    plan.hasLocks = true;
    plan.hasStorage = false;
    plan.partitions = 0;
  }
  if (profile == Profile::Reopen) plan.hasStorage = plan.isReopened = true;
  return plan;
}

}  // namespace isthmus::campaign
