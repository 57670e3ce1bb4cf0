#include "value/draft.h"

#include <algorithm>

namespace isthmus {
namespace {

// About what a list takes for one more.
constexpr std::size_t kMemberBytes = 32;
constexpr std::size_t kElementBytes = 16;

Path prefix(const Path& path, std::size_t length) {
  return {path.begin(), path.begin() + static_cast<std::ptrdiff_t>(length)};
}

ISTHMUS_SMALL HeapError failed(std::string_view message, const Path& path) {
  return toHeap({ErrorCode::StepFailed, std::string(message), toPointer(path)});
}

ISTHMUS_SMALL HeapError notAnIndex(const Path& path, std::size_t size) {
  return failed("'" + path.back().text() + "' is not an index of an array of " +
                    std::to_string(size) + " elements",
                path);
}

}  // namespace

// A node with one reference was made by this draft, since the state it began with is held
// elsewhere; a node with an id has been seen by JavaScript and never changes.
bool Draft::isOwn(const Value& container) {
  return container.node()->refs == 1 && container.container().id == 0;
}

Sequence<Value>& Draft::openItems(Value& array) {
  if (!isOwn(array)) {
    auto indices = array.array().indices;
    array = Value(array.items(), array.nesting());
    array.array().indices = std::move(indices);
  }
  return array.array().items;
}

// The indices of an opened array: all, since elements move; or that by a member which changes.
void Draft::forgetIndices(Value& array, const Key* member) {
  auto& indices = array.array().indices;
  if (!indices) return;
  const auto isStale = [&](const ElementIndex& index) { return index.by() == *member; };
  if (member == nullptr) {
    indices = {};
  } else if (std::any_of(indices->all.begin(), indices->all.end(), isStale)) {
    indices = Shared<ElementIndices>::copyOf(*indices);
    erase_if(indices->all, isStale);
  }
}

MemberList<Value>& Draft::openMembers(Value& object) {
  if (!isOwn(object)) {
    object = Value(object.members(), object.nesting());
  }
  return object.object().members;
}

Value* Draft::openChild(Value& container, const Key& key) {
  if (container.isArray()) {
    const auto index = key.index();
    return index && *index < container.items().size() ? &openItems(container).open(*index)
                                                      : nullptr;
  }
  if (!container.isObject()) return nullptr;
  const auto position = container.members().positionOf(key);
  return position ? &openMembers(container).openAt(*position) : nullptr;
}

Depth& Draft::depthOf(Value& container) { return container.node()->depth; }

Status Draft::changeBelow(Value& at, const Path& path, std::size_t from, std::size_t length,
                          const Change& change) {
  if (from == length) return change.apply(change.callable, at);
  Value* const child = openChild(at, path[from]);
  if (child == nullptr) return failed("there is nothing here to change", prefix(path, from + 1));
  if (at.isArray() && from + 1 < path.size()) forgetIndices(at, &path[from + 1]);
  const Depth before = child->nesting();
  auto status = changeBelow(*child, path, from + 1, length, change);
  if (status) depthOf(at).replace(before, child->nesting());
  return status;
}

template <typename Callable>
Status Draft::change(const Path& path, std::size_t length, const Callable& callable) {
  const auto apply = [](const void* called, Value& target) {
    return (*static_cast<const Callable*>(called))(target);
  };
  return changeBelow(root_, path, 0, length, {apply, &callable});
}

Status Draft::set(const Path& path, const Value& value) {
  const Value* const before = find(path);
  if (before == nullptr) return put(path, value);
  Value next =
      budget_ == nullptr ? reconcile(*before, value) : reconcile(*before, value, budget_->steps());
  return before->identical(next) ? Status(Done{}) : put(path, std::move(next));
}

Status Draft::put(const Path& path, Value value) {
  if (path.empty()) {
    root_ = std::move(value);
    return Done{};
  }
  return change(path, path.size() - 1, [&](Value& parent) -> Status {
    if (!parent.isContainer()) return failed("the parent is neither an object nor an array", path);
    if (Value* const child = openChild(parent, path.back())) {
      depthOf(parent).replace(child->nesting(), value.nesting());
      *child = value;
      if (parent.isArray()) forgetIndices(parent);
    } else if (parent.isArray()) {
      return notAnIndex(path, parent.items().size());
    } else {
      make(budget_, kMemberBytes);
      openMembers(parent).add(path.back(), value);
      depthOf(parent).include(value.nesting());
    }
    return Done{};
  });
}

Status Draft::remove(const Path& path) {
  if (path.empty()) return failed("a slice cannot be removed from within; use reset", path);
  const Value* const removed = find(path);
  if (removed == nullptr) return failed("there is nothing here to remove", path);
  const Depth nesting = removed->nesting();
  return change(path, path.size() - 1, [&](Value& parent) -> Status {
    if (parent.isArray()) {
      openItems(parent).erase(*path.back().index());
      forgetIndices(parent);
    } else {
      openMembers(parent).erase(path.back());
    }
    depthOf(parent).exclude(nesting);
    return Done{};
  });
}

Status Draft::insert(const Path& path, Value value) {
  if (path.empty()) return failed("insert needs a path that ends with an index", path);
  return change(path, path.size() - 1, [&](Value& parent) -> Status {
    if (!parent.isArray()) return failed("insert needs an array as parent", path);
    const auto index = path.back().index();
    if (!index || *index > parent.items().size()) return notAnIndex(path, parent.items().size());
    make(budget_, kElementBytes);
    auto& items = openItems(parent);
    depthOf(parent).include(value.nesting());
    items.insert(*index, std::move(value));
    forgetIndices(parent);
    return Done{};
  });
}

Status Draft::push(const Path& path, Value value) {
  return change(path, path.size(), [&](Value& array) -> Status {
    if (!array.isArray()) return failed("push needs an array", path);
    make(budget_, kElementBytes);
    auto& items = openItems(array);
    depthOf(array).include(value.nesting());
    if (auto& indices = array.array().indices) {
      if (!indices.unique()) indices = Shared<ElementIndices>::copyOf(*indices);
      for (auto& index : indices->all) index.append(value);
    }
    items.pushBack(std::move(value));
    return Done{};
  });
}

}  // namespace isthmus
