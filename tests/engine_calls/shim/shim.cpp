// What the bindings take from Emscripten, natively.

#include <dlfcn.h>
#include <emscripten/bind.h>

#include <array>
#include <string>

#include "../../../bindings/small_blocks.h"

namespace {

struct Named {
  std::string_view name;
  emscripten::Callable callable;
};

std::array<Named, 64>& table() {
  static std::array<Named, 64> all;
  return all;
}

std::size_t count = 0;

}  // namespace

void emscripten::function(std::string_view name, Callable callable) {
  table()[count++] = {name, callable};
}

// The engine lives in memory that is never handed out twice (tests/engine_calls/instance.h).
void isthmus::bindings::allocateAnew() {}

extern "C" {

// Set by the linker around the compiler's counters, where there are any.
[[gnu::weak, gnu::visibility("hidden")]] extern char __start___sancov_cntrs[];
[[gnu::weak, gnu::visibility("hidden")]] extern char __stop___sancov_cntrs[];

struct MemoryRange {
  char* begin;
  char* end;
};
[[gnu::visibility("default")]] MemoryRange isthmus_coverage() {
  return {__start___sancov_cntrs, __stop___sancov_cntrs};
}

// As in wasm: nothing is destroyed at the end, and an instance that is made anew asks for no more.
int __cxa_atexit(void (*)(void*), void*, void*) { return 0; }

std::uintptr_t emscripten_stack_get_current() { return 0; }
void stackRestore(std::uintptr_t /*top*/) {}

void isthmus_bindCrossing();

// A function that is called rarely; nullptr when there is none of that name.
[[gnu::visibility("default")]] emscripten::Callable isthmus_control(const char* name) {
  if (count == 0) isthmus_bindCrossing();
  for (const auto& known : table()) {
    if (known.name == name) return known.callable;
  }
  const std::string symbol = std::string("isthmus_") + name;
  return reinterpret_cast<emscripten::Callable>(dlsym(RTLD_DEFAULT, symbol.c_str()));
}
}
