#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace isthmus {

// A natural number below 2^4096, which is enough to convert between doubles and 800 decimal digits
// in exact integers.
//
//   limbs_[0] + limbs_[1] * 2^32 + ...     limbs_[size_] and above are 0, limbs_[size_ - 1] is not
class BigNatural {
 public:
  explicit BigNatural(std::uint64_t number);

  BigNatural& operator*=(std::uint32_t factor);
  BigNatural& operator+=(const BigNatural& other);
  // `other` is not greater.
  BigNatural& operator-=(const BigNatural& other);
  void multiplyByPower(std::uint32_t base, int exponent);

  // How many binary digits it has.
  int bits() const;

  friend std::strong_ordering operator<=>(const BigNatural& a, const BigNatural& b);

 private:
  static constexpr std::size_t kLimbs = 128;

  void push(std::uint64_t carry);

  std::array<std::uint32_t, kLimbs> limbs_{};
  std::size_t size_ = 0;
};

}  // namespace isthmus
