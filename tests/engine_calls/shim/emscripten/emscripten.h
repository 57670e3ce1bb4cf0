#pragma once

// In the place of Emscripten's header, for the engine as a shared library.
#define EMSCRIPTEN_KEEPALIVE [[gnu::visibility("default")]]
