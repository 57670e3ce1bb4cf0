#include "value/element_index.h"

#include <array>
#include <cstring>

#include "value/value.h"

namespace isthmus {

// The bytes of a number are a key that no other number has, and quicker made than its text.
Key ElementIndex::keyOf(const Value& value) {
  if (value.isString()) return Key(value.string());
  const double number = value.number() == 0 ? 0 : value.number();
  std::array<char, sizeof number> bytes{};
  std::memcpy(bytes.data(), &number, sizeof number);
  return Key(std::string_view(bytes.data(), bytes.size()));
}

ElementIndex::ElementIndex(Key by, const Sequence<Value>& items) : by_(std::move(by)) {
  for (const auto& item : items) append(item);
}

bool ElementIndex::canFind(const Value& key) { return key.isString() || key.isNumber(); }

std::optional<std::uint32_t> ElementIndex::find(const Value& key) const {
  const Value* const position = (key.isString() ? texts_ : numbers_).find(keyOf(key));
  return position == nullptr ? std::nullopt
                             : std::optional(static_cast<std::uint32_t>(position->number()));
}

void ElementIndex::append(const Value& element) {
  const Value position(static_cast<double>(size_++));
  const Value* const own = element.isObject() ? element.find(by_) : nullptr;
  if (own == nullptr || !canFind(*own)) return;
  Key key = keyOf(*own);
  auto& positions = own->isString() ? texts_ : numbers_;
  if (positions.find(key) == nullptr) positions.add(std::move(key), position);
}

}  // namespace isthmus
