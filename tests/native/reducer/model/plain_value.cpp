#include "native/reducer/model/plain_value.h"

#include "value/object_builder.h"

namespace isthmus::model {
namespace {

Value::Items itemsOf(const Value& array) { return {array.items().begin(), array.items().end()}; }

std::span<const Key> parentOf(const Path& path) { return {path.data(), path.size() - 1}; }

std::optional<std::size_t> placeIn(const Value& array, const Key& key, std::size_t end) {
  const auto index = array.isArray() ? key.index() : std::nullopt;
  return index && *index < end ? std::optional<std::size_t>(*index) : std::nullopt;
}

}  // namespace

Value deepCopy(const Value& value) {
  if (value.isString()) return Value(std::string(value.string()));
  if (value.isArray()) {
    Value::Items items;
    for (const auto& item : value.items()) items.push_back(deepCopy(item));
    return Value(std::move(items));
  }
  if (!value.isObject()) return value;
  Value::Members members;
  for (const auto& [key, child] : value.members()) members.push_back({key, deepCopy(child)});
  return Value(std::move(members));
}

Value withMember(const Value& object, const Key& key, const Value& value) {
  ObjectBuilder builder;
  for (const auto& member : object.members()) builder.set(member.key, member.value);
  builder.set(key, value);
  return std::move(builder).build();
}

Value withoutMember(const Value& object, const Key& key) {
  Value::Members members;
  for (const auto& member : object.members()) {
    if (!(member.key == key)) members.push_back(member);
  }
  return Value(std::move(members));
}

Plain editAt(const Value& root, std::span<const Key> path, const Edit& edit) {
  if (path.empty()) return edit(root);
  const Value* const child = root.find(path.front());
  if (child == nullptr) return std::nullopt;
  const auto next = editAt(*child, path.subspan(1), edit);
  if (!next) return std::nullopt;
  if (root.isObject()) return withMember(root, path.front(), *next);
  auto items = itemsOf(root);
  items[*path.front().index()] = *next;
  return Value(std::move(items));
}

Plain setAt(const Value& root, const Path& path, const Value& value) {
  if (path.empty()) return value;
  return editAt(root, parentOf(path), [&](const Value& parent) -> Plain {
    if (parent.isObject()) return withMember(parent, path.back(), value);
    if (!parent.isArray()) return std::nullopt;
    const auto place = placeIn(parent, path.back(), parent.items().size());
    if (!place) return std::nullopt;
    auto items = itemsOf(parent);
    items[*place] = value;
    return Value(std::move(items));
  });
}

Plain removeAt(const Value& root, const Path& path) {
  if (path.empty() || find(root, path) == nullptr) return std::nullopt;
  return editAt(root, parentOf(path), [&](const Value& parent) -> Plain {
    if (parent.isObject()) return withoutMember(parent, path.back());
    auto items = itemsOf(parent);
    items.erase(items.begin() + *path.back().index());
    return Value(std::move(items));
  });
}

Plain insertAt(const Value& root, const Path& path, const Value& value) {
  if (path.empty()) return std::nullopt;
  return editAt(root, parentOf(path), [&](const Value& parent) -> Plain {
    if (!parent.isArray()) return std::nullopt;
    const auto place = placeIn(parent, path.back(), parent.items().size() + 1);
    if (!place) return std::nullopt;
    auto items = itemsOf(parent);
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(*place), value);
    return Value(std::move(items));
  });
}

Plain pushAt(const Value& root, const Path& path, const Value& value) {
  return editAt(root, path, [&](const Value& array) -> Plain {
    if (!array.isArray()) return std::nullopt;
    auto items = itemsOf(array);
    items.push_back(value);
    return Value(std::move(items));
  });
}

Plain mergeAt(const Value& root, const Path& path, const Value& members) {
  return editAt(root, path, [&](const Value& object) -> Plain {
    if (!object.isObject() || !members.isObject()) return std::nullopt;
    Value merged = object;
    for (const auto& [key, value] : members.members()) merged = withMember(merged, key, value);
    return merged;
  });
}

}  // namespace isthmus::model
