#pragma once

#include <string>
#include <vector>

#include "buffers.h"

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
  explicit Arguments(std::uint32_t length) : reader_(inputReader(length)) {}

  std::string_view text() { return keep(reader_.text()); }
  Value value() { return keep(reader_.value()); }
  std::uint32_t varint() { return keep(reader_.varint()); }
  double float64() { return keep(reader_.float64()); }
  // All there is.
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    while (!atEnd()) texts.emplace_back(text());
    return texts;
  }
  // What `part` reads.
  template <typename Part>
  auto read(const Part& part) {
    return keep(part(reader_));
  }

  // Also after bytes that could not be read.
  bool atEnd() const { return reader_.atEnd(); }
  bool failed() const { return error_ != nullptr; }
  Outcome failure() const { return fail(*error_); }

 private:
  template <typename T>
  T keep(Result<T> result) {
    if (result) return std::move(result).value();
    hold(std::move(result.error()));
    return T();
  }
  void hold(Error&& error) {
    if (!failed()) error_ = toHeap(std::move(error));
  }

  Reader reader_;
  HeapError error_;
};

}  // namespace isthmus::bindings
