#pragma once

#include <string>
#include <string_view>

namespace isthmus {

// Of the names it is offered, the one that was probably meant by a text that is none of them: equal
// but for the case, or but for one mistake in three characters, of which there must be three.
class NearestName {
 public:
  explicit NearestName(std::string_view text);

  void offer(std::string_view name);

  // Empty when none is near.
  const std::string& found() const { return found_; }
  // "; did you mean 'found'?", or nothing.
  std::string question() const;

 private:
  std::string text_;
  std::size_t most_;  // mistakes that are still near
  std::string found_;
};

}  // namespace isthmus
