// Each call of an engine is cut off at each of its allocations in turn. What the instance then
// holds is what it held before the call or what it holds after it; another one goes on from there
// (tests/engine_calls/session.h).

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "engine_calls/session.h"
#include "native/capture.h"
#include "native/rounds.h"

using namespace isthmus;
using namespace isthmus::calls;

namespace {

struct Script {
  std::string name;
  Bytes bytes;
};

// Those that the fuzz target starts from.
std::vector<Script> scripts() {
  std::vector<Script> all;
  for (const auto& entry : std::filesystem::directory_iterator(ISTHMUS_SCRIPTS_DIR)) {
    std::ifstream file(entry.path(), std::ios::binary);
    Script script{entry.path().filename(), {}};
    std::transform(std::istreambuf_iterator<char>(file), {}, std::back_inserter(script.bytes),
                   [](char byte) { return static_cast<std::uint8_t>(byte); });
    all.push_back(std::move(script));
  }
  return all;
}

std::size_t callsOf(const Script& script) {
  Session session(script.bytes);
  session.run();
  return session.calls();
}

// Sanitizers make each allocation dear.
constexpr std::uint64_t kStep = kSanitized ? 8 : 1;

bool isCut(const Script& script, std::size_t call, std::uint64_t allocation) {
  Session session(script.bytes, Session::Cut{call, {.allocation = allocation}});
  session.run();
  return session.wasCut();
}

}  // namespace

TEST_CASE("a call that ends at its n-th allocation has happened as a whole or not at all") {
  std::size_t cuts = 0;
  for (const auto& script : scripts()) {
    CAPTURE(script.name);
    const auto calls = callsOf(script);
    CHECK(calls > 0);
    for (std::size_t call = 0; call < calls; ++call) {
      for (std::uint64_t n = 1 + call % kStep; isCut(script, call, n); n += kStep) ++cuts;
    }
  }
  MESSAGE(cuts, " calls were cut off");
  CHECK(cuts > 4000 / kStep);
}
