// Any bytes: what decodes keeps its content through encoding and decoding again, and has one form
// from then on.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "value/codec.h"

using namespace isthmus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = decode({data, size});
  if (!first) return 0;
  const Bytes bytes = encode(first.value());
  const auto second = decode(bytes);
  if (!second || !equal(first.value(), second.value())) std::abort();
  if (encode(second.value()) != bytes) std::abort();
  return 0;
}
