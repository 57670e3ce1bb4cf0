#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>

namespace isthmus {

// What is remembered of the senders that were heard last: at most `most` of them, at least one. The
// sender that was silent longest is forgotten.
template <typename T>
class RecentSenders {
 public:
  explicit RecentSenders(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  const T* find(std::string_view id) const {
    const auto found = findIn(entries_, id);
    return found == entries_.end() ? nullptr : &found->what;
  }
  T* find(std::string_view id) {
    const auto found = findIn(entries_, id);
    return found == entries_.end() ? nullptr : &found->what;
  }

  // Of those who are remembered, the latest first.
  template <typename Visit>
  void each(const Visit& visit) const {
    for (const auto& [id, what] : entries_) visit(id, what);
  }
  // One who was heard before all that are remembered.
  void append(std::string id, T what) { entries_.push_back({std::move(id), std::move(what)}); }

  void forget(std::string_view id) {
    if (const auto found = findIn(entries_, id); found != entries_.end()) entries_.erase(found);
  }

  // The sender's own, which is now the latest; what `make` returns for a new one.
  template <typename Make>
  T& enter(std::string_view id, const Make& make) {
    const auto found = findIn(entries_, id);
    if (found != entries_.end()) {
      entries_.splice(entries_.begin(), entries_, found);
    } else {
      if (entries_.size() >= most_) entries_.pop_back();
      entries_.push_front({std::string(id), make()});
    }
    return entries_.front().what;
  }

 private:
  struct Entry {
    std::string id;
    T what;
  };

  template <typename Entries>
  static auto findIn(Entries& entries, std::string_view id) {
    return std::find_if(entries.begin(), entries.end(),
                        [&](const auto& entry) { return entry.id == id; });
  }

  std::list<Entry> entries_;  // latest first
  std::size_t most_;
};

}  // namespace isthmus
