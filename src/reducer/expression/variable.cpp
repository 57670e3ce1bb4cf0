#include "reducer/expression/variable.h"

#include <array>
#include <string_view>

#include "script/conversion.h"
#include "script/unit_text.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

using Root = Variable::Root;

Vector<std::string_view> splitDots(std::string_view text) {
  Vector<std::string_view> parts;
  while (true) {
    const auto dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

// In the order of Root; the last two belong to Reduction frames alone.
constexpr auto kNames = std::to_array<std::string_view>(
    {"state", "payload", "meta", "item", "incoming", "current", "accumulator"});
constexpr std::size_t kEveryFrame = 5;

Root rootNamed(std::string_view name, Frame frame) {
  const auto count = frame == Frame::Reduction ? kNames.size() : kEveryFrame;
  for (std::size_t i = 0; i < count; ++i) {
    if (kNames[i] == name) return static_cast<Root>(i);
  }
  return Root::Nothing;
}

Root wholeOf(Frame frame) {
  if (frame == Frame::Element) return Root::Item;
  return frame == Frame::Reduction ? Root::Reduction : Root::Nothing;
}

const Value* rootOf(const Scope& scope, Root root) {
  switch (root) {
    case Root::State:
      return scope.state;
    case Root::Payload:
      return scope.payload;
    case Root::Meta:
      return scope.meta;
    case Root::Item:
      return scope.item;
    case Root::Incoming:
      return scope.incoming;
    case Root::Current:
      return scope.current;
    case Root::Accumulator:
      return scope.accumulator;
    default:
      return nullptr;
  }
}

// What JavaScript counts among the own properties of an array or a text beside its elements.
std::optional<Value> ownProperty(const Value& value, const Key& key, const Scope& scope) {
  static const Key kLength("length");
  if (value.isArray() && key == kLength) {
    return Value(static_cast<double>(value.items().size()));
  }
  if (!value.isString() || !scope.spend(textSteps(4 * value.string().size()))) return std::nullopt;
  if (key == kLength) return Value(static_cast<double>(unitCount(value.string())));
  const auto index = key.index();
  if (!index || *index >= unitCount(value.string())) return std::nullopt;
  return Value(unitSlice(value.string(), *index, 1));
}

bool isMember(const Variable& variable, const Scope& scope) {
  return !variable.member.empty() && scope.item != nullptr &&
         scope.item->find(variable.member.front()) != nullptr;
}

std::optional<Value> follow(const Value& root, const Path& path, const Scope& scope) {
  const Value* at = &root;
  for (const auto& key : path) {
    const Value* const next = at->find(key);
    if (next == nullptr) return &key == &path.back() ? ownProperty(*at, key, scope) : std::nullopt;
    at = next;
  }
  return *at;
}

Value reductionOf(const Scope& scope) {
  if (!scope.make(objectBytes(2))) return {};
  ObjectBuilder data;
  data.set("current", scope.current == nullptr ? Value() : *scope.current);
  data.set("accumulator", scope.accumulator == nullptr ? Value() : *scope.accumulator);
  return std::move(data).build();
}

}  // namespace

Variable parseVariable(const Value& path, Frame frame) {
  if (path.isNull() || (path.isString() && path.string().empty())) return {wholeOf(frame), {}};
  const auto text = toText(path);
  const auto parts = splitDots(text);
  auto root = rootNamed(parts.front(), frame);
  std::ptrdiff_t used = 1;
  if (root == Root::Nothing && frame == Frame::Element) {
    root = Root::Item;
    used = 0;
  }
  Path whole(parts.begin(), parts.end());
  Variable variable{root, {whole.begin() + used, whole.end()}};
  if (frame == Frame::Element && used > 0) variable.member = std::move(whole);
  return variable;
}

std::optional<Value> read(const Variable& variable, const Scope& scope) {
  if (variable.root == Root::Reduction) return reductionOf(scope);
  if (isMember(variable, scope)) return follow(*scope.item, variable.member, scope);
  const Value* const root = rootOf(scope, variable.root);
  return root == nullptr ? std::nullopt : follow(*root, variable.path, scope);
}

}  // namespace isthmus
