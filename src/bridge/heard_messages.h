#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bridge/accepted_messages.h"
#include "value/saved.h"

namespace isthmus {

// Messages of a sender, by their numbers.
struct HeardRow {
  std::string sender;
  std::uint64_t first;
  std::uint64_t last;
};

// Which messages the states that came from elsewhere hold already, such as a slice's snapshot: they
// were accepted where it was made. What is remembered for a slice concerns its own types only.
//
//   Slice { key, types, messages }     of types "<key>/..." and those that are listed
class HeardMessages {
 public:
  HeardMessages(std::size_t senders, std::size_t window) : senders_(senders), window_(window) {}

  // Of rows that end before they begin nothing is heard.
  void add(std::string_view key, const std::vector<std::string>& types,
           const std::vector<HeardRow>& rows);
  bool contains(std::string_view type, std::string_view sender, std::uint64_t seq) const;

  // heard := varint count, (string key, varint count, (string type)*, accepted)*
  void save(Encoder& encoder) const;
  void load(Loader& from);

 private:
  struct Slice {
    std::string key;
    std::vector<std::string> types;
    AcceptedMessages messages;
  };

  Slice& enter(std::string_view key);

  std::vector<Slice> slices_;  // one for each that was restored
  std::size_t senders_;
  std::size_t window_;
};

}  // namespace isthmus
