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

[[gnu::cold]] HeapError noEdit(const char* what, const Path& path = {}) {
  return toHeap({ErrorCode::Undecodable, std::string("no edit: ") + what, toPointer(path)});
}

template <typename Piece>
bool isRising(const std::vector<Piece>& pieces) {
  std::size_t last = 0;
  for (const auto& piece : pieces) {
    if (!piece.others.empty()) continue;
    if (piece.from < last) return false;
    last = piece.to;
  }
  return true;
}

Result<Path> readPath(Decoder& decoder) {
  auto count = decoder.varint();
  if (!count) return std::move(count.error());
  Path path;
  path.reserve(std::min<std::size_t>(count.value(), 8));
  for (auto left = count.value(); left > 0; --left) {
    auto number = decoder.varint();
    if (!number) return std::move(number.error());
    if (number.value() != 0) {
      path.push_back(Key::fromIndex(number.value() - 1));
      continue;
    }
    auto key = decoder.key();
    if (!key) return std::move(key.error());
    path.push_back(std::move(key).value());
  }
  return path;
}

}  // namespace

Result<Value> Edits::apply() && {
  for (;;) {
    auto op = decoder_.varint();
    if (!op) return std::move(op.error());
    if (static_cast<Op>(op.value()) == Op::End) break;
    auto status = applyOne(op.value());
    if (!status) return std::move(status.error());
  }
  if (draft_.root().isDeeperThan(Limits().depth)) {
    return Error{ErrorCode::LimitExceeded, "the state would be nested deeper than " +
                                               std::to_string(Limits().depth) + " levels"};
  }
  return std::move(draft_).take();
}

Status Edits::applyOne(std::uint32_t op) {
  auto path = readPath(decoder_);
  if (!path) return std::move(path.error());
  switch (static_cast<Op>(op)) {
    case Op::Put:
      return put(path.value());
    case Op::Remove:
      return draft_.remove(path.value());
    case Op::Arrange:
      return arrange(path.value());
    case Op::Save:
      return save(path.value());
    case Op::End:
      break;
  }
  return noEdit("unknown", path.value());
}

Status Edits::put(const Path& path) {
  auto read = source();
  if (!read) return std::move(read.error());
  auto& [value, isNew] = read.value();
  if (isNew) return draft_.set(path, value);
  const Value* const present = draft_.find(path);
  const bool isThere = present != nullptr && present->identical(value);
  return isThere ? Status(Done{}) : draft_.put(path, std::move(value));
}

Status Edits::save(const Path& path) {
  const Value* const found = draft_.find(path);
  if (found == nullptr) return noEdit("there is nothing to save", path);
  saved_.push_back(*found);
  return Done{};
}

Result<Edits::Source> Edits::source(std::size_t depth) {
  auto from = decoder_.varint();
  if (!from) return std::move(from.error());
  const auto kind = static_cast<From>(from.value());
  if (kind == From::Value) {
    auto value = decoder_.value();
    if (!value) return std::move(value.error());
    return Source{std::move(value).value(), true};
  }
  if (kind == From::Before) {
    auto path = readPath(decoder_);
    if (!path) return std::move(path.error());
    const Value* const found = find(before_, path.value());
    if (found == nullptr) return noEdit("there was nothing", path.value());
    return Source{*found, false};
  }
  auto number = decoder_.varint();
  if (!number) return std::move(number.error());
  if (depth >= Limits().depth) return noEdit("too deep");
  if (kind == From::Object) return objectOf(number.value(), depth + 1);
  if (kind == From::Array) return arrayOf(number.value(), depth + 1);
  if (number.value() == 0 || number.value() > saved_.size()) return noEdit("nothing was saved");
  return Source{saved_[number.value() - 1], false};
}

Result<Edits::Source> Edits::objectOf(std::uint32_t count, std::size_t depth) {
  ObjectBuilder members;
  for (; count > 0; --count) {
    auto key = decoder_.key();
    if (!key) return std::move(key.error());
    auto member = source(depth);
    if (!member) return std::move(member.error());
    members.set(std::move(key).value(), std::move(member.value().value));
  }
  return Source{std::move(members).build(), true};
}

Result<Edits::Source> Edits::arrayOf(std::uint32_t count, std::size_t depth) {
  Value::Items items;
  for (; count > 0; --count) {
    auto element = source(depth);
    if (!element) return std::move(element.error());
    items.push_back(std::move(element.value().value));
  }
  return Source{Value(std::move(items)), true};
}

Result<std::vector<Edits::Piece>> Edits::pieces(std::size_t size) {
  auto count = decoder_.varint();
  if (!count) return std::move(count.error());
  std::vector<Piece> pieces;
  for (auto left = count.value(); left > 0; --left) {
    auto others = decoder_.varint();
    if (!others) return std::move(others.error());
    Piece piece;
    if (others.value() == 0) {
      auto from = decoder_.varint();
      auto to = decoder_.varint();
      if (!from || !to || from.value() > to.value() || to.value() > size) {
        return noEdit("these elements were not there");
      }
      piece.from = from.value();
      piece.to = to.value();
    }
    for (auto i = others.value(); i > 0; --i) {
      auto read = source();
      if (!read) return std::move(read.error());
      piece.others.push_back(std::move(read.value().value));
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

Status Edits::arrange(const Path& path) {
  const Value* const array = draft_.find(path);
  if (array == nullptr || !array->isArray()) return noEdit("there is no array", path);
  const auto size = array->items().size();
  auto read = pieces(size);
  if (!read) return std::move(read.error());
  auto& all = read.value();
  const bool isWorthIt = all.size() <= size / kFewElements + 1;
  if (isWorthIt && isRising(all)) return splice(path, size, std::move(all));
  return draft_.put(path, arranged(*array, std::move(all)));
}

// From the end on, so that the places before stay what they were.
Status Edits::splice(const Path& path, std::size_t size, std::vector<Piece> pieces) {
  std::size_t end = size;  // of what was, and is not done yet
  std::vector<Value> others;
  for (auto left = pieces.size(); left > 0; --left) {
    auto& piece = pieces[left - 1];
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
Status Edits::replace(const Path& array, Range range, const std::vector<Value>& others) {
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

Value Edits::arranged(const Value& array, std::vector<Piece> pieces) {
  Value::Items items;
  for (auto& piece : pieces) {
    for (auto i = piece.from; i < piece.to; ++i) items.push_back(array.items()[i]);
    for (auto& other : piece.others) items.push_back(std::move(other));
  }
  return Value(std::move(items));
}

}  // namespace isthmus
