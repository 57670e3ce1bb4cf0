// In place of embind's own library: the control plane takes and gives integers, so no other type
// has to be known to JavaScript (tools/cmake/engine.cmake).

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <cstdint>
#include <limits>

namespace {

template <typename Integer>
void registerInteger(const char* name) {
  using Limits = std::numeric_limits<Integer>;
  emscripten::internal::_embind_register_integer(emscripten::internal::TypeID<Integer>::get(), name,
                                                 sizeof(Integer), Limits::min(), Limits::max());
}

}  // namespace

EMSCRIPTEN_BINDINGS(types) {
  registerInteger<std::int32_t>("int");
  registerInteger<std::uint32_t>("unsigned int");
}

// The name of a type, for embind's error about one that it does not know.
extern "C" EMSCRIPTEN_KEEPALIVE const char* __getTypeName(const std::type_info*) { return ""; }
