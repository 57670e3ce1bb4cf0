#include "value/key_index.h"

#include <bit>

namespace isthmus {
namespace {

constexpr unsigned kBits = 5;

std::uint32_t slotBit(std::uintptr_t hash, unsigned shift) {
  return std::uint32_t{1} << ((hash >> shift) & 31U);
}

// Where a slot's entry or child stands among those of the slots before it.
std::ptrdiff_t rankOf(std::uint32_t map, std::uint32_t bit) {
  return std::popcount(map & (bit - 1));
}

}  // namespace

KeyIndex::Node& KeyIndex::own(Shared<Node>& node) {
  if (!node.unique()) node = Shared<Node>::copyOf(*node);
  return *node;
}

std::optional<std::uint32_t> KeyIndex::find(const Key& key) const {
  const Hash hash = key.hash();
  const Node* node = root_.get();
  for (unsigned shift = 0; node != nullptr; shift += kBits) {
    const auto bit = slotBit(hash, shift);
    if ((node->entryMap & bit) != 0) {
      const auto& entry = node->entries[static_cast<std::size_t>(rankOf(node->entryMap, bit))];
      return entry.hash == hash ? std::optional(entry.position) : std::nullopt;
    }
    if ((node->childMap & bit) == 0) break;
    node = node->children[static_cast<std::size_t>(rankOf(node->childMap, bit))].get();
  }
  return std::nullopt;
}

void KeyIndex::set(const Key& key, std::uint32_t position) {
  if (!root_) root_ = Shared<Node>::make();
  setIn(root_, {key.hash(), position}, 0);
}

void KeyIndex::erase(const Key& key) {
  if (find(key)) eraseIn(root_, key.hash(), 0);
}

void KeyIndex::setIn(Shared<Node>& at, const Entry& entry, unsigned shift) {
  Node& node = own(at);
  const auto bit = slotBit(entry.hash, shift);
  const auto child = rankOf(node.childMap, bit);
  if ((node.childMap & bit) != 0) {
    setIn(node.children[static_cast<std::size_t>(child)], entry, shift + kBits);
    return;
  }
  const auto place = node.entries.begin() + rankOf(node.entryMap, bit);
  if ((node.entryMap & bit) == 0) {
    node.entries.insert(place, entry);
    node.entryMap |= bit;
    return;
  }
  if (place->hash == entry.hash) {
    place->position = entry.position;
    return;
  }
  auto below = Shared<Node>::make();
  setIn(below, *place, shift + kBits);
  setIn(below, entry, shift + kBits);
  node.entries.erase(place);
  node.entryMap &= ~bit;
  node.children.insert(node.children.begin() + child, std::move(below));
  node.childMap |= bit;
}

// A child left with one entry stays: the next insertion there finds its place made.
void KeyIndex::eraseIn(Shared<Node>& at, Hash hash, unsigned shift) {
  Node& node = own(at);
  const auto bit = slotBit(hash, shift);
  if ((node.childMap & bit) != 0) {
    eraseIn(node.children[static_cast<std::size_t>(rankOf(node.childMap, bit))], hash,
            shift + kBits);
    return;
  }
  node.entries.erase(node.entries.begin() + rankOf(node.entryMap, bit));
  node.entryMap &= ~bit;
}

}  // namespace isthmus
