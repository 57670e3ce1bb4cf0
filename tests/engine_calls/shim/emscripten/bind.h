#pragma once

#include <cstdint>
#include <string_view>

// In the place of embind: the control plane's functions by name (tests/engine_calls/exports.h).
namespace emscripten {

using Callable = void (*)();
void function(std::string_view name, Callable callable);

template <typename Outcome, typename... Arguments>
void function(const char* name, Outcome (*callable)(Arguments...)) {
  function(std::string_view(name), reinterpret_cast<Callable>(callable));
}

}  // namespace emscripten
