#include "base/vector.h"

#include <cstring>

namespace isthmus {

void VectorBytes::makeRoom(std::size_t bytes) {
  if (bytes <= static_cast<std::size_t>(limit_ - begin_)) return;
  const auto size = used();
  auto* const larger = static_cast<char*>(::operator new(bytes));
  if (size > 0) std::memcpy(larger, begin_, size);
  ::operator delete(begin_);
  begin_ = larger;
  end_ = larger + size;
  limit_ = larger + bytes;
}

// At least to the double.
void VectorBytes::growBy(std::size_t bytes) {
  makeRoom(std::max(used() + bytes, 2 * static_cast<std::size_t>(limit_ - begin_)));
}

char* VectorBytes::open(std::size_t offset, std::size_t bytes) {
  const auto behind = used() - offset;
  openEnd(bytes);
  char* const gap = begin_ + offset;
  if (behind > 0) std::memmove(gap + bytes, gap, behind);
  return gap;
}

void VectorBytes::close(std::size_t offset, std::size_t bytes) {
  char* const gap = begin_ + offset;
  if (bytes > 0) std::memmove(gap, gap + bytes, used() - offset - bytes);
  end_ -= bytes;
}

}  // namespace isthmus
