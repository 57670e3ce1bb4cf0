#pragma once

#include <string>

namespace isthmus::campaign {

// What does not hold in a schedule.
struct Failure {
  std::string what;
};

inline void demand(bool holds, const char* what) {
  if (!holds) throw Failure{what};
}

}  // namespace isthmus::campaign
