#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "log/log.h"

namespace isthmus::campaign {

enum class Profile : std::uint8_t {
  Wild,           // all faults
  NoCrash,        // nobody crashes
  LocksOnly,      // locks always, no partitions
  Browser,        // tabs of one browser: nothing is lost
  BrowserAsleep,  // and tabs freeze with their locks
  BrowserClose,   // and tabs close and open
  Long,           // far more actions than are kept
  Reopen          // everybody closes and reopens from storage
};
inline constexpr std::array<std::string_view, 8> kProfiles{
    "wild", "nocrash", "locksonly", "browser", "browser-asleep", "browser-close", "long", "reopen"};

// What happens in a schedule, all of it found from its seed: how many of each fault, on average,
// and how the network behaves.
struct Plan {
  int tabs = 3;
  int actions = 30;
  Time span = 4000;
  double loss = 0;
  double duplication = 0;
  Time longestDelay = 5;
  double strayed = 0;  // chance of a delay of up to 4 s
  bool isOrdered = true;
  double freezes = 0;
  double crashes = 0;
  double joins = 0;
  double detaches = 0;
  double ejects = 0;
  double partitions = 0;
  double clockJumps = 0;
  double traps = 0;
  double skew = 0;
  bool hasLocks = true;
  bool hasPartialSlices = false;
  bool hasStorage = false;
  bool hasOwnSeeds = false;
  bool hasPageCache = false;
  bool keepsLockAsleep = true;
  bool hasStranger = false;  // somebody without a log
  bool isReopened = false;
  std::size_t batch = 1024;
};

Plan makePlan(std::uint64_t seed, Profile profile);

}  // namespace isthmus::campaign
