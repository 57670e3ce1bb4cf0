#include "value/saved.h"

#include <cmath>

namespace isthmus {
namespace {

constexpr double kLargest = 9007199254740992;  // 2^53

}  // namespace

std::uint64_t Loader::number() {
  const double number = time();
  if (number >= 0 && number <= kLargest && number == std::trunc(number)) {
    return static_cast<std::uint64_t>(number);
  }
  fail();
  return 0;
}

Bytes Loader::bytes() {
  const auto bytes = take(decoder_.bytes());
  return {bytes.begin(), bytes.end()};
}

void Loader::fail() {
  if (ok()) error_ = toHeap({ErrorCode::Undecodable, "what was remembered cannot be read"});
}

Status Loader::status() {
  if (!ok()) return std::move(error_);
  return Done{};
}

}  // namespace isthmus
