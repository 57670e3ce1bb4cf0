#include "base/nearest_name.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace isthmus;

namespace {

std::string nearest(std::string_view text, const std::vector<std::string>& names) {
  NearestName nearest(text);
  for (const auto& name : names) nearest.offer(name);
  return nearest.found();
}

}  // namespace

TEST_CASE("the nearest name is the one with the fewest mistakes, of which three letters have one") {
  CHECK(nearest("requird", {"request", "required", "requires"}) == "required");
  CHECK(nearest("tpye", {"types", "type"}) == "type");
  CHECK(nearest("MINLENGTH", {"minlength2", "minLength"}) == "minLength");
  CHECK(nearest("cvv", {"number", "cvc"}) == "cvc");
  CHECK(nearest("abcdef", {"abcxyf"}) == "abcxyf");
  CHECK(nearest("abcdef", {"abxxxf"}).empty());
  CHECK(nearest("ab", {"ac"}).empty());
  CHECK(nearest("ab", {"AB"}) == "AB");
  CHECK(nearest("", {"a", "b"}).empty());
  CHECK(nearest("a", {}).empty());
}

TEST_CASE("a name too long to compare is near to none") {
  const std::string name(64, 'a');
  CHECK(nearest(name, {name}) == name);
  CHECK(nearest(name + "a", {name}).empty());
  CHECK(nearest(name, {name + "a"}).empty());
}

TEST_CASE("the question names what was found") {
  NearestName near("requird");
  CHECK(near.question().empty());
  near.offer("required");
  CHECK(near.question() == "; did you mean 'required'?");
}
