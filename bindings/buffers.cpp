#include "buffers.h"

#include <emscripten/emscripten.h>

namespace isthmus::bindings {
namespace {

Bytes& inputBuffer() {
  static Bytes buffer(64 * 1024);
  return buffer;
}

Bytes& outputBuffer() {
  static Bytes buffer;
  return buffer;
}

}  // namespace

std::span<const std::uint8_t> input(std::uint32_t length) {
  return std::span<const std::uint8_t>(inputBuffer()).first(length);
}

Bytes& answer() {
  outputBuffer().clear();
  return outputBuffer();
}

Outcome fail(const Error& error) {
  Writer writer(answer());
  writer.text(error.message);
  writer.text(error.where);
  writer.text(error.step);
  writer.text(error.slice);
  return -1 - static_cast<Outcome>(error.code);
}

}  // namespace isthmus::bindings

using isthmus::bindings::inputBuffer;
using isthmus::bindings::outputBuffer;

extern "C" {

// The input buffer, at least `size` bytes long; what was written so far is kept when it moves.
EMSCRIPTEN_KEEPALIVE std::uint8_t* isthmus_input(std::uint32_t size) {
  if (inputBuffer().size() < size) inputBuffer().resize(size);
  return inputBuffer().data();
}

EMSCRIPTEN_KEEPALIVE std::uint32_t isthmus_inputSize() {
  return static_cast<std::uint32_t>(inputBuffer().size());
}

EMSCRIPTEN_KEEPALIVE const std::uint8_t* isthmus_output() { return outputBuffer().data(); }
}
