// Random operations on a Draft, compared after each with a model that copies everything.

#include <doctest/doctest.h>

#include <optional>
#include <random>
#include <span>

#include "native/capture.h"
#include "value/draft.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t end) {
  return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
}

Value randomValue(Random& random, std::size_t depth) {
  const auto kind = below(random, depth == 0 ? 4 : 6);
  if (kind == 0) return Value();
  if (kind == 1) return Value(static_cast<double>(below(random, 5)));
  if (kind == 2) return Value(std::string(below(random, 3), 'x'));
  if (kind == 3) return Value(below(random, 2) == 0);
  const auto size = below(random, 4);
  if (kind == 4) {
    Value::Items items;
    for (std::size_t i = 0; i < size; ++i) items.push_back(randomValue(random, depth - 1));
    return Value(std::move(items));
  }
  ObjectBuilder builder;
  for (std::size_t i = 0; i < size; ++i) {
    builder.set(std::to_string(below(random, 3)) + (below(random, 2) == 0 ? "" : "k"),
                randomValue(random, depth - 1));
  }
  return std::move(builder).build();
}

// Mostly a place that exists, sometimes one beside it.
Path randomPath(Random& random, const Value& root) {
  Path path;
  const Value* value = &root;
  while (value->isContainer() && below(random, 4) != 0) {
    const bool isArray = value->isArray();
    const auto size = isArray ? value->items().size() : value->members().size();
    const auto index = below(random, size + 1);
    if (index == size) {
      path.push_back(isArray ? Key::fromIndex(static_cast<std::uint32_t>(index)) : Key("new"));
      break;
    }
    if (isArray) {
      path.push_back(Key::fromIndex(static_cast<std::uint32_t>(index)));
      value = &value->items()[index];
    } else {
      const auto member = std::next(value->members().begin(), static_cast<std::ptrdiff_t>(index));
      path.push_back(member->key);
      value = &member->value;
    }
  }
  if (below(random, 10) == 0) path.emplace_back("0");
  return path;
}

enum class Operation { Set, Remove, Insert, Push };

// The same change on plain copies, written without regard to cost; nullopt when it has no place.
std::optional<Value> change(const Value& value, std::span<const Key> path, Operation operation,
                            const Value& operand);

std::optional<Value> changeArray(const Value& array, std::span<const Key> path, Operation operation,
                                 const Value& operand) {
  Value::Items items(array.items().begin(), array.items().end());
  const auto index = path.front().index();
  const bool isLast = path.size() == 1;
  if (!index || *index > items.size()) return std::nullopt;
  if (isLast && operation == Operation::Insert) {
    items.insert(items.begin() + *index, operand);
    return Value(items);
  }
  if (*index == items.size()) return std::nullopt;
  if (isLast && operation == Operation::Remove) {
    items.erase(items.begin() + *index);
    return Value(items);
  }
  const auto element = change(items[*index], path.subspan(1), operation, operand);
  if (!element) return std::nullopt;
  items[*index] = *element;
  return Value(items);
}

std::optional<Value> changeObject(const Value& object, std::span<const Key> path,
                                  Operation operation, const Value& operand) {
  const bool isLast = path.size() == 1;
  const Value* const member = object.find(path.front());
  if (isLast && operation == Operation::Insert) return std::nullopt;
  if (member == nullptr && !(isLast && operation == Operation::Set)) return std::nullopt;
  ObjectBuilder builder;
  for (const auto& [key, value] : object.members()) {
    if (!(key == path.front() && isLast && operation == Operation::Remove)) builder.set(key, value);
  }
  if (isLast && operation == Operation::Remove) return std::move(builder).build();
  const auto next =
      change(member == nullptr ? Value() : *member, path.subspan(1), operation, operand);
  if (!next) return std::nullopt;
  builder.set(path.front(), *next);
  return std::move(builder).build();
}

std::optional<Value> change(const Value& value, std::span<const Key> path, Operation operation,
                            const Value& operand) {
  if (!path.empty()) {
    if (value.isArray()) return changeArray(value, path, operation, operand);
    return value.isObject() ? changeObject(value, path, operation, operand) : std::nullopt;
  }
  if (operation == Operation::Set) return operand;
  if (operation != Operation::Push || !value.isArray()) return std::nullopt;
  Value::Items items(value.items().begin(), value.items().end());
  items.push_back(operand);
  return Value(items);
}

Status apply(Draft& draft, const Path& path, Operation operation, const Value& operand) {
  switch (operation) {
    case Operation::Set:
      return draft.set(path, operand);
    case Operation::Remove:
      return draft.remove(path);
    case Operation::Insert:
      return draft.insert(path, operand);
    default:
      return draft.push(path, operand);
  }
}

// One action's worth of operations, with parts held on the way; returns what the draft came to.
Value runDraft(Random& random, const Value& root) {
  Draft draft(root);
  Value model = root;
  std::vector<std::pair<Value, std::string>> held{{root, toJson(root)}};
  for (auto left = below(random, 12); left > 0; --left) {
    const auto operation = static_cast<Operation>(below(random, 4));
    const Path path = randomPath(random, draft.root());
    const Value* const part = draft.find(randomPath(random, draft.root()));
    const Value operand = part != nullptr && part->depth() < 4 && below(random, 3) == 0
                              ? *part
                              : randomValue(random, 2);
    CAPTURE(static_cast<int>(operation));
    CAPTURE(toPointer(path));
    const auto expected = change(model, path, operation, operand);
    REQUIRE(apply(draft, path, operation, operand).ok() == expected.has_value());
    if (!expected) return model;
    model = *expected;
    REQUIRE(toJson(draft.root()) == toJson(model));
    const auto depth = parseJson(toJson(model)).value().depth();
    REQUIRE(draft.root().depth() >= depth);
    if (below(random, 4) == 0) REQUIRE_FALSE(draft.root().isDeeperThan(depth));
    REQUIRE((depth == 0 || draft.root().isDeeperThan(depth - 1)));
    if (below(random, 3) == 0) held.emplace_back(draft.root(), toJson(draft.root()));
    for (const auto& [value, json] : held) REQUIRE(toJson(value) == json);
  }
  return std::move(draft).take();
}

}  // namespace

TEST_CASE("random changes to drafts do what they do to deep copies, and no root held changes") {
  const unsigned seed = std::random_device{}();
  CAPTURE(seed);
  MESSAGE("seed " << seed);
  Random random(seed);
  Value root = randomValue(random, 3);
  for (int round = 0; round < 3000; ++round) {
    root = runDraft(random, root);
    if (root.depth() > 8 || toJson(root).size() > 2000) root = randomValue(random, 3);
  }
}
