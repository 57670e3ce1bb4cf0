#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "value/json.h"
#include "value/path.h"

namespace isthmus {

// The folder of the JSON cases: that of the sources, or the environment's ISTHMUS_CASES_DIR.
inline std::string casesFolder() {
  const char* const chosen = std::getenv("ISTHMUS_CASES_DIR");
  return chosen != nullptr ? chosen : ISTHMUS_CASES_DIR;
}

inline std::optional<Value> readJsonFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto value = parseJson(text);
  REQUIRE_MESSAGE(value.ok(), path << ": " << value.error().message);
  return std::move(value).value();
}

inline Value readCases(const std::string& name) {
  auto cases = readJsonFile(casesFolder() + "/" + name);
  REQUIRE_MESSAGE(cases.has_value(), "there is no " << name << " in " << casesFolder());
  REQUIRE(cases->isArray());
  return std::move(*cases);
}

// The member, or nullptr.
inline const Value* member(const Value& object, std::string_view name) {
  return object.find(Key(name));
}

inline std::string textOf(const Value& object, std::string_view name) {
  const Value* const text = member(object, name);
  REQUIRE_MESSAGE((text != nullptr && text->isString()), "a case lacks the text " << name);
  return std::string(text->string());
}

}  // namespace isthmus
