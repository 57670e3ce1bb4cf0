#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "value/codec.h"

namespace isthmus::calls {

// An answer of the engine, read from where its output stands.
class Answer {
 public:
  Answer();

  std::uint32_t varint();
  double float64();
  std::string text();
  std::string_view textView();
  Value value();
  Tag tag() { return static_cast<Tag>(*at_++); }
  Tag nextTag() const { return static_cast<Tag>(*at_); }
  void skipTag() { ++at_; }

 private:
  template <typename Read>
  auto read(const Read& read);

  const std::uint8_t* at_ = nullptr;
};

// What JavaScript was shown (web/engine/codec/decoder.ts), as values of this process. A map is
// shown as a stand-in, whose members are asked for when it is compared.
class Views {
 public:
  Value shown(Answer& answer);
  // Forgets the nodes that the answer says have died.
  void drop(Answer& answer);
  // Whether what was shown is that value. Asks the engine for the members of maps.
  bool same(const Value& shown, const Value& expected);
  // A node that was shown and its value, without maps; node 0 when there is none.
  std::pair<std::uint32_t, Value> any(std::size_t choice) const;
  // What nobody looks at any more, as the garbage collector finds it.
  void forgetMaps();
  void clear();

 private:
  using Node = std::uint32_t;

  Value element(Answer& answer, Tag tag);
  Value keep(Node id, Value value);
  Value changed(Answer& answer);
  Value::Items list(Answer& answer, std::uint32_t count);
  void run(Answer& answer, Value::Items& items);
  Value object(Answer& answer);
  static void addMaps(const Value& value, std::set<Node>& maps);
  bool sameMember(Node id, const std::string& key, const Value* expected);
  bool sameMap(Node id, const Value& expected);

  std::map<Node, Value> byId_;
  std::map<std::uint32_t, std::vector<std::string>> shapes_;
  std::set<Node> maps_;
};

}  // namespace isthmus::calls
