#include "script/big_natural.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace isthmus {

BigNatural::BigNatural(std::uint64_t number) {
  push(number & 0xFFFF'FFFFU);
  if (number >> 32U != 0) {
    size_ = 1;
    push(number >> 32U);
  }
}

void BigNatural::push(std::uint64_t carry) {
  if (carry == 0) return;
  assert(size_ < kLimbs);
  limbs_[size_++] = static_cast<std::uint32_t>(carry);
}

BigNatural& BigNatural::operator*=(std::uint32_t factor) {
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    carry += std::uint64_t{limbs_[i]} * factor;
    limbs_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32U;
  }
  push(carry);
  return *this;
}

void BigNatural::multiplyByPower(std::uint32_t base, int exponent) {
  while (exponent > 0) {
    std::uint32_t factor = base;
    for (--exponent; exponent > 0 && factor <= UINT32_MAX / base; --exponent) factor *= base;
    *this *= factor;
  }
}

BigNatural& BigNatural::operator+=(const BigNatural& other) {
  std::uint64_t carry = 0;
  size_ = std::max(size_, other.size_);
  for (std::size_t i = 0; i < size_; ++i) {
    carry += std::uint64_t{limbs_[i]} + other.limbs_[i];
    limbs_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32U;
  }
  push(carry);
  return *this;
}

BigNatural& BigNatural::operator-=(const BigNatural& other) {
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint64_t difference = std::uint64_t{limbs_[i]} - other.limbs_[i] - borrow;
    limbs_[i] = static_cast<std::uint32_t>(difference);
    borrow = (difference >> 32U) & 1U;
  }
  while (size_ > 0 && limbs_[size_ - 1] == 0) --size_;
  return *this;
}

int BigNatural::bits() const {
  if (size_ == 0) return 0;
  return static_cast<int>(32 * size_) - std::countl_zero(limbs_[size_ - 1]);
}

std::strong_ordering operator<=>(const BigNatural& a, const BigNatural& b) {
  if (a.size_ != b.size_) return a.size_ <=> b.size_;
  for (std::size_t i = a.size_; i-- > 0;) {
    if (a.limbs_[i] != b.limbs_[i]) return a.limbs_[i] <=> b.limbs_[i];
  }
  return std::strong_ordering::equal;
}

}  // namespace isthmus
