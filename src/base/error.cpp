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

Error::Error(ErrorCode failure, std::string_view text, std::string_view place,
             std::string_view ofStep, std::string_view ofSlice)
    : code(failure), message(text), where(place), step(ofStep), slice(ofSlice) {}
Error::Error(const Error& other) = default;
Error::Error(Error&& other) noexcept = default;
Error::~Error() = default;

void HeapError::drop(const Error* error) { delete error; }

HeapError toHeap(Error&& error) { return HeapError(new Error(std::move(error))); }
HeapError toHeap(const Error& error) { return HeapError(new Error(error)); }

HeapError invalidDefinition(std::string_view message, std::string_view where) {
  return toHeap({ErrorCode::InvalidDefinition, message, where});
}

}  // namespace isthmus
