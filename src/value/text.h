#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "value/value.h"

namespace isthmus {

// A string that its copies share. Empty when made of nothing.
class Text {
 public:
  Text() = default;
  Text(const char* text) : Text(Value(text)) {}
  Text(const std::string& text) : Text(Value(text)) {}
  explicit Text(Value string) : string_(std::move(string)) {}

  operator std::string_view() const { return view(); }
  std::string_view view() const { return string_.isString() ? string_.string() : ""; }
  bool empty() const { return view().empty(); }
  // Null when made of nothing.
  const Value& value() const { return string_; }

  friend bool operator==(const Text& a, const Text& b) {
    return a.string_.identical(b.string_) || a.view() == b.view();
  }
  friend bool operator==(const Text& a, std::string_view b) { return a.view() == b; }
  friend bool operator==(const Text& a, const char* b) { return a.view() == b; }

 private:
  Value string_;
};

}  // namespace isthmus
