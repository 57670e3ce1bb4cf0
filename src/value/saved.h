#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "value/codec.h"

namespace isthmus {

// How what outlives a trap is written (bridge/books.h, log/saved_books.h): number := float64, a
// whole one up to 2^53.
inline void saveNumber(Encoder& encoder, std::uint64_t number) {
  encoder.float64(static_cast<double>(number));
}
inline void saveCount(Encoder& encoder, std::size_t count) {
  encoder.varint(static_cast<std::uint32_t>(count));
}

// Reads them. What it returns after a failure is of no use; `ok` tells, and `each` then ends.
class Loader {
 public:
  explicit Loader(Decoder& decoder) : decoder_(decoder) {}

  std::uint64_t number();
  double time() { return take(decoder_.float64()); }
  std::uint32_t count() { return take(decoder_.varint()); }
  bool flag() { return count() != 0; }
  std::string text() { return std::string(take(decoder_.text())); }
  Bytes bytes();
  Decoder& decoder() { return decoder_; }

  // Reads so many things as stand before them.
  template <typename LoadOne>
  void each(const LoadOne& loadOne) {
    for (std::uint32_t left = count(); left > 0 && ok(); --left) loadOne();
  }

  bool ok() const { return error_ == nullptr; }
  // For what is read but cannot be.
  void fail();
  Status status();

 private:
  template <typename T>
  T take(Result<T> read) {
    if (read) return std::move(read).value();
    fail();
    return {};
  }

  Decoder& decoder_;
  HeapError error_;
};

}  // namespace isthmus
