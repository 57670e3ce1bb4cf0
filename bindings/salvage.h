#pragma once

#include "value/codec.h"

namespace isthmus::bindings {

// Tells where the bytes lie, and how many there are, at the beginning of the answers of `salvage`.
void salvageBytes(const Bytes& bytes);

}  // namespace isthmus::bindings
