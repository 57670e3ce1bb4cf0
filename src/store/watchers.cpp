#include "store/watchers.h"

#include <algorithm>

namespace isthmus {
namespace {

constexpr std::size_t kLookedUp = 8;  // up to so many watched children are looked up one by one

// JavaScript sees no difference between strings in two nodes.
bool isSame(const Value& before, const Value& after) {
  return before.identical(after) ||
         (before.isString() && after.isString() && before.string() == after.string());
}

}  // namespace

Watchers::Node* Watchers::Node::find(const Key& key) const {
  const auto place = places.find(key);
  return place ? children[*place].node.get() : nullptr;
}

Watchers::Node& Watchers::Node::childAt(const Key& key) {
  if (Node* const known = find(key)) return *known;
  places.set(key, static_cast<std::uint32_t>(children.size()));
  return *children.emplace_back(Child{key, std::make_unique<Node>()}).node;
}

// The last child takes the place.
void Watchers::Node::erase(const Key& key) {
  const auto place = *places.find(key);
  places.set(children.back().key, place);
  places.erase(key);
  children[place] = std::move(children.back());
  children.pop_back();
}

void Watchers::add(Id id, const Path& path) {
  Node* node = &root_;
  for (const auto& key : path) node = &node->childAt(key);
  node->ids.push_back(id);
  if (id >= paths_.size()) paths_.resize(id + std::size_t{1} + id / 2);
  paths_[id] = std::make_unique<const Path>(path);
  ++size_;
}

bool Watchers::remove(Id id) {
  const Path* const path = pathOf(id);
  if (path == nullptr) return false;
  Vector<Node*> visited{&root_};
  for (const auto& key : *path) visited.push_back(visited.back()->find(key));
  erase_if(visited.back()->ids, [&](Id other) { return other == id; });
  for (std::size_t depth = path->size(); depth > 0; --depth) {
    const Node& node = *visited[depth];
    if (!node.ids.empty() || !node.children.empty()) break;
    visited[depth - 1]->erase((*path)[depth - 1]);
  }
  paths_[id] = nullptr;
  --size_;
  return true;
}

const Path* Watchers::pathOf(Id id) const {
  return id < paths_.size() ? paths_[id].get() : nullptr;
}

Vector<Watchers::Affected> Watchers::affected(const Key& first, const Value* before,
                                              const Value* after) const {
  Vector<Affected> affected;
  collectAffected(first, before, after, affected);
  collectRoot(affected);
  return affected;
}

void Watchers::collectAffected(const Key& first, const Value* before, const Value* after,
                               Vector<Affected>& affected) const {
  collectChild(root_, first, before, after, affected);
}

void Watchers::collectRoot(Vector<Affected>& affected) const {
  for (const Id id : root_.ids) affected.push_back({id, nullptr});
}

void Watchers::collect(const Node& node, const Value* before, const Value* after,
                       Vector<Affected>& affected) {
  if (before == after) return;  // absent in both
  if (before != nullptr && after != nullptr && isSame(*before, *after)) return;
  for (const Id id : node.ids) affected.push_back({id, after});
  const bool sameKind = before != nullptr && after != nullptr && before->kind() == after->kind();
  if (node.children.size() > kLookedUp && sameKind && after->isContainer()) {
    collectDifferences(node, *before, *after, affected);
    return;
  }
  for (const auto& [key, child] : node.children) {
    collect(*child, before == nullptr ? nullptr : before->find(key),
            after == nullptr ? nullptr : after->find(key), affected);
  }
}

void Watchers::collectChild(const Node& node, const Key& key, const Value* before,
                            const Value* after, Vector<Affected>& affected) {
  const Node* const child = node.find(key);
  if (child != nullptr) collect(*child, before, after, affected);
}

// Where many children are watched, the differences are fewer.
void Watchers::collectDifferences(const Node& node, const Value& before, const Value& after,
                                  Vector<Affected>& affected) {
  if (after.isObject()) {
    MemberList<Value>::visitDifferences(before.members(), after.members(),
                                        [&](const Key& key, const Value* x, const Value* y) {
                                          collectChild(node, key, x, y, affected);
                                        });
    return;
  }
  Sequence<Value>::visitDifferences(
      before.items(), after.items(), [&](std::size_t index, const Value* x, const Value* y) {
        if (x != nullptr && y != nullptr && x->identical(*y)) return;
        collectChild(node, Key::fromIndex(static_cast<std::uint32_t>(index)), x, y, affected);
      });
}

}  // namespace isthmus
