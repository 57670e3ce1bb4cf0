#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "value/codec.h"

namespace isthmus::bindings {

// The two byte buffers through which everything but numbers crosses. JavaScript writes a call's
// arguments into the input, makes the call with their length, and reads the answer from the output,
// which holds until the next call.
std::span<const std::uint8_t> input(std::uint32_t length);

// Reads a call's arguments, with the lists that were staged for them; see arguments.h.
Decoder inputDecoder(std::uint32_t length);

// The output, emptied.
Bytes& answer();

// What every call returns: 0 or more is its result, below zero an error whose code is -1 - result
// and whose message, where, step and slice are texts in the output.
using Outcome = std::int32_t;
Outcome fail(const Error& error);

}  // namespace isthmus::bindings
