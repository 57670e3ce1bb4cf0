// Any bytes: what decodes keeps its content through encoding and decoding again.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "value/codec.h"

using namespace isthmus;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto first = decode({data, size});
  if (!first) return 0;
  const auto second = decode(encode(first.value()));
  if (!second || !equal(first.value(), second.value())) std::abort();
  return 0;
}
