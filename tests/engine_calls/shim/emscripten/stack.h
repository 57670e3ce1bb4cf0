#pragma once

// In the place of Emscripten's header, for the engine as a shared library.

#include <cstdint>

extern "C" std::uintptr_t emscripten_stack_get_current();
