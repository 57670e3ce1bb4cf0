#pragma once

#include <doctest/doctest.h>

#include <string_view>

#include "value/json.h"

namespace isthmus {

// A value written as JSON in a test: R"({ "a": 1 })"_json. Tests compare values as text, since
// `toJson` shows the order of keys and the sign of -0.
inline Value operator""_json(const char* text, std::size_t size) {
  auto value = parseJson({text, size});
  REQUIRE_MESSAGE(value.ok(), "not JSON: " << std::string(text, size));
  return std::move(value).value();
}

}  // namespace isthmus
