#pragma once

namespace isthmus::bindings {

// For an instance that has failed, perhaps in the middle of an allocation: from here on all memory
// comes from beyond what was ever allocated, and nothing is freed.
void allocateAnew();

}  // namespace isthmus::bindings
