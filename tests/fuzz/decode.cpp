// Any bytes: what decodes keeps its content through encoding and decoding again, and has one form
// from then on. The second of two values is the same when it is read beside the first.

#include <cstdint>
#include <cstdlib>
#include <span>

#include "value/codec.h"

using namespace isthmus;

namespace {

void readBeside(std::span<const std::uint8_t> bytes) {
  Decoder decoder(bytes, {});
  const auto first = decoder.value();
  if (!first) return;
  const auto alone = Decoder(decoder.rest(), {}).value();
  const auto beside = Decoder(decoder.rest(), {}).valueLike(first.value());
  if (alone.ok() != beside.ok()) std::abort();
  if (alone ? !equal(alone.value(), beside.value()) : alone.error().where != beside.error().where) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  readBeside({data, size});
  const auto first = decode({data, size});
  if (!first) return 0;
  const Bytes bytes = encode(first.value());
  const auto second = decode(bytes);
  if (!second || !equal(first.value(), second.value())) std::abort();
  if (encode(second.value()) != bytes) std::abort();
  return 0;
}
