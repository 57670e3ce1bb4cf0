#include "bridge/drop_reason.h"

#include <array>

namespace isthmus {

std::string_view toString(DropReason reason) {
  static constexpr auto kNames = std::to_array<std::string_view>({
#define ISTHMUS_NAME(name, text) text,
      ISTHMUS_DROP_REASONS(ISTHMUS_NAME)
#undef ISTHMUS_NAME
  });
  return kNames[static_cast<std::size_t>(reason)];
}

DropReason reasonOf(const Error& error) {
  return error.code == ErrorCode::LimitExceeded ? DropReason::TooLarge : DropReason::Undecodable;
}

DropReason reasonOf(const Error& error, DropReason otherwise) {
  return error.code == ErrorCode::TooLarge ? DropReason::TooLarge : otherwise;
}

}  // namespace isthmus
