#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace isthmus {

// The capturing groups of a pattern and the backreferences to them, which may come first.
class PatternGroups {
 public:
  void add() { ++count_; }
  // False when another group has that name.
  bool name(std::u32string name);

  // `at` is where the pattern refers to the group.
  void refer(std::uint32_t number, std::size_t at) { numbered_.push_back({number, at}); }
  void refer(std::u32string name, std::size_t at) { named_.push_back({std::move(name), at}); }

  // Where the pattern refers to a group that it does not have.
  std::optional<std::size_t> dangling() const;

 private:
  template <typename Group>
  struct Reference {
    Group group;
    std::size_t at;
  };

  bool has(const std::u32string& name) const;

  std::size_t count_ = 0;
  std::vector<std::u32string> names_;
  std::vector<Reference<std::uint32_t>> numbered_;
  std::vector<Reference<std::u32string>> named_;
};

}  // namespace isthmus
