// Bytes that choose calls of the engine as JavaScript makes them, some of which end early, where
// memory or the stack does (tests/engine_calls/session.h).

#include <cstdint>
#include <span>

#include "engine_calls/session.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  isthmus::calls::Session(std::span(data, size)).run();
  isthmus::calls::Instance::renew();
  return 0;
}
