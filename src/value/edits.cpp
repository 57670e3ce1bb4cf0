#include "value/edits.h"

#include <algorithm>
#include <utility>

#include "value/object_builder.h"

namespace isthmus {
namespace {

enum class Op : std::uint32_t { Put, Remove, Arrange, Save, End };
enum class From : std::uint32_t { Value, Before, Saved, Object, Array };

// From so many pieces to the element on an array is made anew.
constexpr std::size_t kFewElements = 16;

template <typename Piece>
bool isRising(const Vector<Piece>& pieces) {
  std::size_t last = 0;
  for (const auto& piece : pieces) {
    if (!piece.others.empty()) continue;
    if (piece.from < last) return false;
    last = piece.to;
  }
  return true;
}

}  // namespace

void Edits::keep(Status status) {
  if (!status) decoder_.fail(status.pass());
}

[[gnu::cold]] void Edits::fail(const char* what, const Path& path) {
  keep(Error{ErrorCode::Undecodable, std::string("no edit: ") + what, toPointer(path)});
}

Result<Value> Edits::apply() && {
  while (!hasFailed()) {
    const auto op = decoder_.nextVarint();
    if (static_cast<Op>(op) == Op::End || hasFailed()) break;
    applyOne(op);
  }
  if (auto status = decoder_.status(); !status) return status.pass();
  if (draft_.root().isDeeperThan(Limits().depth)) {
    return Error{ErrorCode::LimitExceeded, "the state would be nested deeper than " +
                                               std::to_string(Limits().depth) + " levels"};
  }
  return std::move(draft_).take();
}

void Edits::applyOne(std::uint32_t op) {
  const Path path = this->path();
  if (hasFailed()) return;
  switch (static_cast<Op>(op)) {
    case Op::Put:
      return put(path);
    case Op::Remove:
      return keep(draft_.remove(path));
    case Op::Arrange:
      return arrange(path);
    case Op::Save:
      return save(path);
    case Op::End:
      break;
  }
  fail("unknown", path);
}

void Edits::put(const Path& path) {
  auto [value, isNew] = source();
  if (hasFailed()) return;
  if (isNew) return keep(draft_.set(path, value));
  const Value* const present = draft_.find(path);
  const bool isThere = present != nullptr && present->identical(value);
  if (!isThere) keep(draft_.put(path, std::move(value)));
}

void Edits::save(const Path& path) {
  const Value* const found = draft_.find(path);
  if (found == nullptr) return fail("there is nothing to save", path);
  saved_.push_back(*found);
}

Path Edits::path() {
  Path path;
  auto left = decoder_.nextVarint();
  path.reserve(std::min<std::size_t>(left, 8));
  for (; left > 0 && !hasFailed(); --left) {
    const auto number = decoder_.nextVarint();
    path.push_back(number == 0 ? decoder_.nextKey() : Key::fromIndex(number - 1));
  }
  return path;
}

Edits::Source Edits::source(std::size_t depth) {
  const auto from = decoder_.nextVarint();
  const auto kind = static_cast<From>(from);
  if (hasFailed()) return {};
  if (kind == From::Value) return {decoder_.nextValue(), true};
  if (kind == From::Before) {
    const Path path = this->path();
    if (hasFailed()) return {};
    const Value* const found = find(before_, path);
    if (found != nullptr) return {*found};
    fail("there was nothing", path);
    return {};
  }
  const auto number = decoder_.nextVarint();
  if (hasFailed()) return {};
  if (depth >= Limits().depth) {
    fail("too deep");
  } else if (kind == From::Object) {
    return objectOf(number, depth + 1);
  } else if (kind == From::Array) {
    return arrayOf(number, depth + 1);
  } else if (number == 0 || number > saved_.size()) {
    fail("nothing was saved");
  } else {
    return {saved_[number - 1]};
  }
  return {};
}

Edits::Source Edits::objectOf(std::uint32_t count, std::size_t depth) {
  ObjectBuilder members;
  for (; count > 0 && !hasFailed(); --count) {
    Key key = decoder_.nextKey();
    if (!hasFailed()) members.set(std::move(key), source(depth).value);
  }
  return {std::move(members).build(), true};
}

Edits::Source Edits::arrayOf(std::uint32_t count, std::size_t depth) {
  Value::Items items;
  for (; count > 0 && !hasFailed(); --count) items.push_back(source(depth).value);
  return {Value(std::move(items)), true};
}

void Edits::readRange(Piece& piece, std::size_t size) {
  const auto from = decoder_.varint();
  const auto to = decoder_.varint();
  if (!from || !to || from.value() > to.value() || to.value() > size) {
    return fail("these elements were not there");
  }
  piece.from = from.value();
  piece.to = to.value();
}

Vector<Edits::Piece> Edits::pieces(std::size_t size) {
  Vector<Piece> pieces;
  for (auto left = decoder_.nextVarint(); left > 0 && !hasFailed(); --left) {
    Piece piece;
    auto others = decoder_.nextVarint();
    if (others == 0 && !hasFailed()) readRange(piece, size);
    for (; others > 0 && !hasFailed(); --others) piece.others.push_back(source().value);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

void Edits::arrange(const Path& path) {
  const Value* const array = draft_.find(path);
  if (array == nullptr || !array->isArray()) return fail("there is no array", path);
  const auto size = array->items().size();
  const auto all = pieces(size);
  if (hasFailed()) return;
  const bool isWorthIt = all.size() <= size / kFewElements + 1;
  if (isWorthIt && isRising(all)) return keep(splice(path, size, all));
  keep(draft_.put(path, arranged(*array, all)));
}

// From the end on, so that the places before stay what they were.
Status Edits::splice(const Path& path, std::size_t size, const Vector<Piece>& pieces) {
  std::size_t end = size;  // of what was, and is not done yet
  Vector<Value> others;
  for (auto left = pieces.size(); left > 0; --left) {
    const auto& piece = pieces[left - 1];
    if (!piece.others.empty()) {
      others.insert(others.begin(), piece.others.begin(), piece.others.end());
      continue;
    }
    if (auto status = replace(path, {piece.to, end}, others); !status) return status;
    end = piece.from;
    others.clear();
  }
  return replace(path, {0, end}, others);
}

// The elements of a range become others.
Status Edits::replace(const Path& array, Range range, const Vector<Value>& others) {
  Path path = array;
  path.emplace_back();
  const auto pathAt = [&](std::size_t offset) -> const Path& {
    path.back() = Key::fromIndex(static_cast<std::uint32_t>(range.begin + offset));
    return path;
  };
  const auto size = range.end - range.begin;
  for (auto left = size; left > others.size(); --left) {
    if (auto status = draft_.remove(pathAt(left - 1)); !status) return status;
  }
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Path& at = pathAt(i);
    if (i < size && draft_.find(at)->identical(others[i])) continue;
    auto status = i < size ? draft_.put(at, others[i]) : draft_.insert(at, others[i]);
    if (!status) return status;
  }
  return Done{};
}

Value Edits::arranged(const Value& array, const Vector<Piece>& pieces) {
  Value::Items items;
  for (const auto& piece : pieces) {
    for (auto i = piece.from; i < piece.to; ++i) items.push_back(array.items()[i]);
    items.insert(items.end(), piece.others.begin(), piece.others.end());
  }
  return Value(std::move(items));
}

}  // namespace isthmus
