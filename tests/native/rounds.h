#pragma once

#ifdef ISTHMUS_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

/**
 * How often a random test goes round: an eighth of `all` under sanitizers, where a round takes up
 * to eight times as long. Without them it goes all.
 */
template <typename Count>
constexpr Count rounds(Count all) {
  return kSanitized ? all / 8 : all;
}
