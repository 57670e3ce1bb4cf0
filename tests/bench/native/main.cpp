// native_bench <rounds> <ms per round> <case> <size>: prints the nanoseconds per piece of work in
// each round as a JSON array.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/native/work.h"

using namespace isthmus::bench;

namespace {

constexpr Case kCases[] = {
    {"counter", makeCounter}, {"upsert", makeUpsert}, {"update-one", makeUpdateOne}};

double timeOf(const Work& work, std::size_t calls) {
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < calls; ++i) work();
  const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - start;
  return elapsed.count();
}

// How many calls fill a round.
std::size_t callsIn(const Work& work, double roundNs) {
  std::size_t calls = 1;
  while (timeOf(work, calls) < roundNs) calls *= 2;
  return calls;
}

void measure(const Work& work, int rounds, double roundNs) {
  const std::size_t calls = callsIn(work, roundNs);
  for (int round = 0; round < rounds; ++round) {
    std::printf("%s%.1f", round == 0 ? "[" : ",", timeOf(work, calls) / static_cast<double>(calls));
  }
  std::printf("]\n");
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 5) {
    for (const auto& [name, make] : kCases) {
      if (name != arguments[3]) continue;
      const auto size = static_cast<std::size_t>(std::atoll(arguments[4]));
      measure(make(size), std::atoi(arguments[1]), std::atof(arguments[2]) * 1e6);
      return 0;
    }
  }
  std::fprintf(stderr, "Usage: native_bench <rounds> <ms per round> <case> <size>\n");
  return 1;
}
