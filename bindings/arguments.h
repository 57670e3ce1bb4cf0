#pragma once

#include <string>
#include <vector>

#include "buffers.h"
#include "value/path.h"

namespace isthmus::bindings {

// Reads a call's arguments one after another, with the lists that were staged for them. The first
// error is kept, so a call reads all it takes and asks once; what is read after an error is of no
// use.
//
//   Arguments arguments(length);
//   const auto key = arguments.text();
//   const auto state = arguments.value();
//   if (arguments.failed()) return arguments.failure();
class Arguments {
 public:
  explicit Arguments(std::uint32_t length) : decoder_(inputDecoder(length)) {}

  std::string_view text() { return keep(decoder_.text()); }
  Value value() { return keep(decoder_.value()); }
  // As a member of what is read: an error's place begins with its name.
  Value value(const char* name) {
    auto value = decoder_.value();
    if (value) return std::move(value).value();
    refuse(std::move(*below(Key(name), std::move(value.error()))));
    return {};
  }
  Key key() { return keep(decoder_.key()); }
  std::uint32_t varint() { return keep(decoder_.varint()); }
  double float64() { return keep(decoder_.float64()); }
  // All that is left.
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    while (!atEnd()) texts.emplace_back(text());
    return texts;
  }

  // For what reads the rest by itself.
  Decoder& decoder() { return decoder_; }
  // Also after bytes that could not be read.
  bool atEnd() const { return decoder_.atEnd(); }
  // What is wrong though it could be read.
  void refuse(Error&& error) {
    if (!failed()) error_ = toHeap(std::move(error));
  }
  bool failed() const { return error_ != nullptr; }
  Outcome failure() const { return fail(*error_); }

 private:
  template <typename T>
  T keep(Result<T> result) {
    if (result) return std::move(result).value();
    refuse(std::move(result.error()));
    return T();
  }

  Decoder decoder_;
  HeapError error_;
};

}  // namespace isthmus::bindings
