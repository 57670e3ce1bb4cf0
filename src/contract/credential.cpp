#include "contract/credential.h"

#include <algorithm>

#include "contract/credential_text.h"

namespace isthmus {
namespace {

// Walks a value beside one that is known. The path of what is found is built on the way back.
class Search {
 public:
  bool value(const Value& value, const Value& innocent);
  Credential take() && {
    std::reverse(found_.path.begin(), found_.path.end());
    return std::move(found_);
  }

 private:
  bool text(std::string_view text) {
    found_.kind = credentialKind(text);
    return !found_.kind.empty();
  }
  bool below(const Key& key) {
    found_.path.push_back(key);
    return true;
  }
  bool items(const Sequence<Value>& items, const Sequence<Value>& innocent);
  bool members(const MemberList<Value>& members, const MemberList<Value>& innocent);

  Credential found_;
};

bool Search::items(const Sequence<Value>& items, const Sequence<Value>& innocent) {
  auto known = innocent.begin();
  std::size_t index = 0;
  for (const auto& item : items) {
    const bool isKnown = !(known == innocent.end());
    if (value(item, isKnown ? *known : Value())) return below(Key(std::to_string(index)));
    if (isKnown) ++known;
    ++index;
  }
  return false;
}

bool Search::members(const MemberList<Value>& members, const MemberList<Value>& innocent) {
  auto known = innocent.begin();
  for (const auto& [key, member] : members) {
    const bool isKnown = !(known == innocent.end()) && known->key == key;
    if (!isKnown && text(key.text())) return true;
    if (value(member, isKnown ? known->value : Value())) return below(key);
    if (!(known == innocent.end())) ++known;
  }
  return false;
}

bool Search::value(const Value& value, const Value& innocent) {
  if (value.identical(innocent)) return false;
  if (value.isString()) return text(value.string());
  static const Value kNoItems{Value::Items{}};
  static const Value kNoMembers{Value::Members{}};
  if (value.isArray()) {
    return items(value.items(), (innocent.isArray() ? innocent : kNoItems).items());
  }
  return value.isObject() &&
         members(value.members(), (innocent.isObject() ? innocent : kNoMembers).members());
}

}  // namespace

std::optional<Credential> findCredential(const Value& value, const Value& innocent) {
  Search search;
  if (!search.value(value, innocent)) return std::nullopt;
  return std::move(search).take();
}

}  // namespace isthmus
