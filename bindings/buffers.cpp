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

StagedLists& stagedLists() {
  static StagedLists lists;
  return lists;
}

}  // namespace

Decoder inputDecoder(std::uint32_t length) { return {input(length), {}, &stagedLists()}; }

std::span<const std::uint8_t> input(std::uint32_t length) {
  return std::span<const std::uint8_t>(inputBuffer()).first(length);
}

Bytes& answer() {
  outputBuffer().clear();
  return outputBuffer();
}

Outcome fail(const Error& error) {
  Encoder encoder(answer());
  encoder.text(error.message);
  encoder.text(error.where);
  encoder.text(error.step);
  encoder.text(error.slice);
  return -1 - static_cast<Outcome>(error.code);
}

}  // namespace isthmus::bindings

using namespace isthmus;
using namespace isthmus::bindings;

extern "C" {

// The input buffer, at least `size` bytes long; what was written so far is kept when it moves.
EMSCRIPTEN_KEEPALIVE std::uint8_t* isthmus_input(std::uint32_t size) {
  if (inputBuffer().size() < size) inputBuffer().resize(size);
  return inputBuffer().data();
}

EMSCRIPTEN_KEEPALIVE std::uint32_t isthmus_inputSize() {
  return static_cast<std::uint32_t>(inputBuffer().size());
}

// Begins a list that comes in pieces, and answers its id.
EMSCRIPTEN_KEEPALIVE std::uint32_t isthmus_beginList(bool isObject) {
  return stagedLists().begin(isObject);
}

// Takes over a piece of it, which stands in the input buffer and lies `depth` levels down.
EMSCRIPTEN_KEEPALIVE Outcome isthmus_stage(std::uint32_t list, std::uint32_t start,
                                           std::uint32_t length, std::uint32_t depth) {
  Decoder decoder(input(start + length).subspan(start), {}, &stagedLists());
  const auto status = decoder.stage(list, depth);
  return status ? 0 : fail(status.error());
}

// Forgets what was staged for a call that is done, or was never made.
EMSCRIPTEN_KEEPALIVE void isthmus_unstage() { stagedLists().clear(); }

EMSCRIPTEN_KEEPALIVE const std::uint8_t* isthmus_output() { return outputBuffer().data(); }
}
