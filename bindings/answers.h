#pragma once

#include <vector>

#include "bridge/bridge.h"
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

Outcome answerStates(const std::vector<std::pair<Key, Value>>& states);

// Writes a slice's state, whose view may come back as a reducer's (Encoder::showState), then
// `released`.
Outcome answerState(const Value& state);

// Writes any other value that JavaScript will keep a view of, then `released`.
Outcome answerShown(const Value& value);

// Whether what is posted goes as bytes, where its readers take these.
bool isWorthBytes(const Bridge::Outbound& decision);

// Writes why a message is dropped:
//
//   drop := varint reason, string type, string message
void answerDrop(DropReason reason, std::string_view type, std::string_view message);

}  // namespace isthmus::bindings
