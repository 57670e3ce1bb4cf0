#include <limits>

#include "value/codec.h"
#include "value/node_ids.h"
#include "value/shapes.h"

namespace isthmus {
namespace {

bool isMap(const Value& value) { return value.isObject() && value.members().size() > kMapMembers; }

// Whether JavaScript keeps a view that it can be referred to.
bool isSeen(const Value& value) {
  return value.isContainer() && NodeIds::isExposed(value) && !isMap(value);
}

}  // namespace

// Gathers elements that JavaScript has seen into runs.
class Encoder::Elements {
 public:
  explicit Elements(Encoder& encoder) : encoder_(encoder) {}
  ~Elements() { endRun(); }
  Elements(const Elements&) = delete;
  Elements& operator=(const Elements&) = delete;

  void add(const Value& value) {
    if (!isSeen(value)) {
      endRun();
      encoder_.show(value);
      return;
    }
    const auto id = NodeIds::expose(value);
    if (!run_.empty() && !isStep(std::int64_t{id} - run_.back())) endRun();
    run_.push_back(id);
  }

 private:
  static bool isStep(std::int64_t step) {
    return step >= std::numeric_limits<std::int32_t>::min() &&
           step <= std::numeric_limits<std::int32_t>::max();
  }

  void endRun() {
    if (run_.empty()) return;
    encoder_.tag(Tag::References);
    encoder_.varint(static_cast<std::uint32_t>(run_.size()));
    encoder_.varint(run_.front());
    for (std::size_t i = 1; i < run_.size(); ++i) {
      encoder_.zigzag(static_cast<std::int32_t>(run_[i] - run_[i - 1]));
    }
    run_.clear();
  }

  Encoder& encoder_;
  Vector<NodeId> run_;
};

void Encoder::showState(const Value& value) {
  show(value);
  if (value.isContainer()) NodeIds::enlist(value);
}

void Encoder::show(const Value& value) {
  if (scalar(value)) return;
  if (isSeen(value)) {
    tag(Tag::Reference);
    varint(NodeIds::expose(value));
  } else if (isMap(value)) {
    tag(Tag::Map);
    varint(NodeIds::pin(value));
    varint(NodeIds::placeOf(value));
  } else if (value.isArray()) {
    showArray(value);
  } else {
    showObject(value);
  }
}

void Encoder::showArray(const Value& array) {
  if (const auto copy = RecentArrays::trace(array)) {
    showChanges(array, *copy);
  } else {
    showElements(array);
  }
  RecentArrays::hold(array);
}

void Encoder::showElements(const Value& array) {
  tag(Tag::ShownArray);
  varint(NodeIds::expose(array));
  varint(static_cast<std::uint32_t>(array.items().size()));
  Elements list(*this);
  for (const auto& item : array.items()) list.add(item);
}

void Encoder::showChanges(const Value& array, const RecentArrays::Copy& copy) {
  tag(Tag::ChangedArray);
  varint(NodeIds::expose(array));
  varint(NodeIds::expose(copy.base));
  varint(static_cast<std::uint32_t>(array.items().size()));
  varint(static_cast<std::uint32_t>(copy.changes.size()));
  for (const auto& [index, value] : copy.changes) {
    varint(static_cast<std::uint32_t>(index));
    show(value);
  }
}

void Encoder::showObject(const Value& object) {
  tag(Tag::ShownObject);
  varint(NodeIds::expose(object));
  shape(object.members());
  for (const auto& member : object.members()) show(member.value);
}

void Encoder::shape(const MemberList<Value>& members) {
  const auto [number, isKnown] = Shapes::tell(members);
  varint(number * 2 + (isKnown ? 0 : 1));
  if (isKnown) return;
  varint(static_cast<std::uint32_t>(members.size()));
  for (const auto& member : members) text(member.key.text());
}

void Encoder::showMembers(const Value& object) {
  varint(static_cast<std::uint32_t>(object.members().size()));
  for (const auto& member : object.members()) text(member.key.text());
  Elements list(*this);
  for (const auto& member : object.members()) list.add(member.value);
}

}  // namespace isthmus
