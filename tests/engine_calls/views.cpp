#include "engine_calls/views.h"

#include <algorithm>

#include "engine_calls/demand.h"
#include "engine_calls/exports.h"
#include "engine_calls/instance.h"
#include "value/object_builder.h"

namespace isthmus::calls {
namespace {

// More than any answer: where it ends only the engine knows.
constexpr std::size_t kLongest = std::size_t{1} << 24U;

// The key of a map's stand-in, which no state has.
const char* const kMap = "\x01map";

}  // namespace

Answer::Answer() {
  demand(Instance::run([this] { at_ = isthmus_output(); }));
}

template <typename Read>
auto Answer::read(const Read& read) {
  Decoder decoder({at_, kLongest}, {});
  auto result = read(decoder);
  demand(result.ok());
  at_ = decoder.rest().data();
  return std::move(result).value();
}

std::uint32_t Answer::varint() {
  return read([](Decoder& decoder) { return decoder.varint(); });
}
double Answer::float64() {
  return read([](Decoder& decoder) { return decoder.float64(); });
}
std::string Answer::text() {
  return std::string(read([](Decoder& decoder) { return decoder.text(); }));
}
Value Answer::value() {
  return read([](Decoder& decoder) { return decoder.value(); });
}

Value Views::shown(Answer& answer) { return element(answer, answer.nextTag()); }

Value Views::element(Answer& answer, Tag tag) {
  if (tag < Tag::Array) return answer.value();
  answer.skipTag();
  const Node id = answer.varint();
  switch (tag) {
    case Tag::Reference:
      demand(byId_.contains(id));
      return byId_.at(id);
    case Tag::ShownArray: {
      const auto count = answer.varint();
      return keep(id, Value(list(answer, count)));
    }
    case Tag::ShownObject:
      return keep(id, object(answer));
    case Tag::Map: {
      answer.varint();  // its place
      maps_.insert(id);
      ObjectBuilder standIn;
      standIn.set(kMap, Value(static_cast<double>(id)));
      return std::move(standIn).build();
    }
    case Tag::ChangedArray:
      return keep(id, changed(answer));
    default:
      demand(false);
      return {};
  }
}

Value Views::keep(Node id, Value value) {
  demand(id != 0 && !byId_.contains(id));
  return byId_.emplace(id, std::move(value)).first->second;
}

Value Views::changed(Answer& answer) {
  const Node base = answer.varint();
  demand(byId_.contains(base));
  Value::Items items;
  for (const auto& item : byId_.at(base).items()) items.push_back(item);
  items.resize(answer.varint());
  for (auto left = answer.varint(); left > 0; --left) {
    const auto index = answer.varint();
    demand(index < items.size());
    items[index] = shown(answer);
  }
  return Value(std::move(items));
}

Value::Items Views::list(Answer& answer, std::uint32_t count) {
  Value::Items items;
  while (items.size() < count) {
    answer.nextTag() == Tag::References ? run(answer, items) : items.push_back(shown(answer));
  }
  demand(items.size() == count);
  return items;
}

void Views::run(Answer& answer, Value::Items& items) {
  answer.skipTag();
  auto left = answer.varint();
  for (Node at = answer.varint();;) {
    demand(byId_.contains(at));
    items.push_back(byId_.at(at));
    if (--left == 0) return;
    const auto step = answer.varint();
    at += step % 2 == 0 ? step / 2 : ~(step / 2);
  }
}

Value Views::object(Answer& answer) {
  const auto shape = answer.varint();
  if (shape % 2 == 1) {
    auto& keys = shapes_[shape / 2];
    keys.clear();
    for (auto left = answer.varint(); left > 0; --left) keys.push_back(answer.text());
  }
  demand(shapes_.contains(shape / 2));
  const auto keys = shapes_.at(shape / 2);  // a member may tell another in its place
  ObjectBuilder members;
  for (const auto& key : keys) members.set(key, shown(answer));
  return std::move(members).build();
}

void Views::drop(Answer& answer) {
  for (auto left = answer.varint(); left > 0; --left) {
    const Node id = answer.varint();
    byId_.erase(id);
    maps_.erase(id);
  }
}

bool Views::same(const Value& shown, const Value& expected) {
  if (shown.kind() != expected.kind()) return false;
  if (shown.isArray()) {
    if (shown.items().size() != expected.items().size()) return false;
    for (std::size_t i = 0; i < shown.items().size(); ++i) {
      if (!same(shown.items()[i], expected.items()[i])) return false;
    }
    return true;
  }
  if (!shown.isObject()) return equal(shown, expected);
  if (const Value* const map = shown.find(Key(kMap))) {
    return sameMap(static_cast<Node>(map->number()), expected);
  }
  if (shown.members().size() != expected.members().size()) return false;
  auto other = expected.members().begin();
  for (const auto& [key, value] : shown.members()) {
    if (!(key == (*other).key) || !same(value, (*other).value)) return false;
    ++other;
  }
  return true;
}

// One member by its key, as a map view reads it.
bool Views::sameMember(Node id, const std::string& key, const Value* expected) {
  const auto size = static_cast<std::uint32_t>(key.size());
  std::uint8_t* buffer = nullptr;
  demand(Instance::run([&] { buffer = isthmus_keyBuffer(size); }));
  std::copy(key.begin(), key.end(), buffer);
  Outcome outcome = 0;
  demand(Instance::run([&] { outcome = isthmus_member(id, size); }));
  if (expected == nullptr || outcome != 1) return outcome == 0 && expected == nullptr;
  Answer answer;
  const Value member = shown(answer);
  return same(member, *expected);
}

bool Views::sameMap(Node id, const Value& expected) {
  demand(maps_.contains(id));
  for (const auto* const key : {"k8", "k9", "none"}) {
    if (!sameMember(id, key, expected.find(Key(key)))) return false;
  }
  Outcome outcome = 0;
  demand(Instance::run([&] { outcome = isthmus_members(id); }));
  demand(outcome == 1);
  Answer answer;
  std::vector<std::string> keys;
  for (auto left = answer.varint(); left > 0; --left) keys.push_back(answer.text());
  const auto values = list(answer, static_cast<std::uint32_t>(keys.size()));
  if (keys.size() != expected.members().size()) return false;
  std::size_t i = 0;
  for (const auto& [key, value] : expected.members()) {
    if (key.text() != keys[i] || !same(values[i], value)) return false;
    ++i;
  }
  return true;
}

std::pair<std::uint32_t, Value> Views::any(std::size_t choice) const {
  if (byId_.empty()) return {};
  auto chosen = byId_.begin();
  std::advance(chosen, choice % byId_.size());
  std::set<Node> maps;
  addMaps(chosen->second, maps);
  return maps.empty() ? *chosen : std::pair<const Node, Value>();
}

void Views::addMaps(const Value& value, std::set<Node>& maps) {
  if (value.isArray()) {
    for (const auto& item : value.items()) addMaps(item, maps);
  } else if (value.isObject()) {
    const Value* const map = value.find(Key(kMap));
    if (map != nullptr) maps.insert(static_cast<Node>(map->number()));
    for (const auto& [key, child] : value.members()) addMaps(child, maps);
  }
}

void Views::forgetMaps() {
  std::set<Node> held;
  for (const auto& [id, view] : byId_) addMaps(view, held);
  for (auto map = maps_.begin(); map != maps_.end();) {
    if (held.contains(*map)) {
      ++map;
      continue;
    }
    demand(Instance::run([id = *map] { isthmus_unpin(id); }));
    map = maps_.erase(map);
  }
}

void Views::clear() {
  byId_.clear();
  shapes_.clear();
  maps_.clear();
}

}  // namespace isthmus::calls
