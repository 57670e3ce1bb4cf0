#pragma once

#include "buffers.h"
#include "store/store.h"

namespace isthmus::bindings {

// Writes what a change of a store's root means for JavaScript, and returns whether there was one:
//
//   change   := varint count, (varint watch, scalar or ask)*, released
//   released := varint count, id*, of nodes that died
//
// A watch comes with the value it sees now when that is a number, a boolean or null.
Outcome answerChange(const Store::Change& change);

// The same in the midst of an answer, after varint 1 or 0: whether there was one.
void writeChange(Encoder& encoder, const Store::Change& change);

Outcome answerStates(const Vector<std::pair<Key, Value>>& states);

// Writes a slice's state, whose view may come back as a reducer's (Encoder::showState), then
// `released`.
Outcome answerState(const Value& state);

// Writes any other value that JavaScript will keep a view of, then `released`.
Outcome answerShown(const Value& value);

// Writes a value as plain data.
Outcome answerPlain(const Value& value);

// Writes the names of the first `count` of an enumeration.
template <typename Enum>
Outcome answerNames(std::size_t count) {
  Value::Items names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(toString(static_cast<Enum>(i)));
  return answerPlain(Value(std::move(names)));
}

}  // namespace isthmus::bindings
