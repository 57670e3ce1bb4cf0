#include "base/nearest_name.h"

#include <algorithm>
#include <vector>

namespace isthmus {
namespace {

constexpr std::size_t kLongest = 64;  // names are shorter, and the work grows with the square

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

// How many characters must be put in, left out, replaced or swapped with their neighbours. Row i
// holds the distances of a's first i characters from the beginnings of b.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      auto& cell = rows[i][j];
      cell = i + j;
      if (i == 0 || j == 0) continue;
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      cell = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change});
      const bool isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (isSwap) cell = std::min(cell, rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.size()][b.size()];
}

}  // namespace

NearestName::NearestName(std::string_view text)
    : text_(lower(text.substr(0, kLongest + 1))), most_(text_.size() / 3) {}

void NearestName::offer(std::string_view name) {
  if (text_.size() > kLongest || name.size() > kLongest) return;
  const auto mistakes = distance(text_, lower(name));
  if (mistakes > most_ || (mistakes == most_ && !found_.empty())) return;
  most_ = mistakes;
  found_ = name;
}

std::string NearestName::question() const {
  return found_.empty() ? "" : "; did you mean '" + found_ + "'?";
}

}  // namespace isthmus
