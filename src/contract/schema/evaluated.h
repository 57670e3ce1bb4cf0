#pragma once

#include <cstdint>
#include <vector>

namespace isthmus {

// Which members or elements of one value, by their position, some schema has looked at; what is
// left is for unevaluatedProperties and unevaluatedItems.
class Evaluated {
 public:
  bool has(std::size_t position) const {
    return isAll_ || (position < positions_.size() && positions_[position]);
  }
  void add(std::size_t position) {
    if (position >= positions_.size()) positions_.resize(position + 1);
    positions_[position] = true;
  }
  void addAll() { isAll_ = true; }
  void add(const Evaluated& other) {
    isAll_ = isAll_ || other.isAll_;
    for (std::size_t i = 0; i < other.positions_.size(); ++i) {
      if (other.positions_[i]) add(i);
    }
  }
  std::size_t size() const { return positions_.size(); }

 private:
  bool isAll_ = false;
  std::vector<bool> positions_;
};

}  // namespace isthmus
