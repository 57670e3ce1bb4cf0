#include "base/error.h"

#include <array>
#include <utility>

namespace isthmus {

std::string_view toString(ErrorCode code) {
  static constexpr auto kNames = std::to_array<std::string_view>({
#define ISTHMUS_NAME(name, text) text,
      ISTHMUS_ERROR_CODES(ISTHMUS_NAME)
#undef ISTHMUS_NAME
  });
  return kNames[static_cast<std::size_t>(code)];
}

void DeleteError::operator()(const Error* error) const { delete error; }

HeapError toHeap(Error error) { return HeapError(new Error(std::move(error))); }

Error invalidDefinition(std::string message, std::string where) {
  return {ErrorCode::InvalidDefinition, std::move(message), std::move(where)};
}

}  // namespace isthmus
