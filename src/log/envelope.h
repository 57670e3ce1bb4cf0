#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "value/text.h"
#include "value/value.h"

namespace isthmus {

// What travels between stores, around an untouched action:
//
//   envelope      := { isthmus: 1, binary?, sender, from, seq, clock, wall?, schemaVersion?,
//                      action, shapes?, after?, first? }
//   binary        := 1; the sender may be sent envelopes as bytes too (value/codec.h)
//   sender        := 1 to 64 bytes, the id of the sending store
//   from          := its name
//   seq           := 0, 1, ... 2^53 - 1, rising for each sender
//   clock         := ms, 0 or more
//   wall          := ms, the sender's own clock where `clock` is ahead of it; `clock` when absent
//   schemaVersion := 1, 2, ...; 1 when absent
//   action        := { type, payload?, meta?, ... }
//   shapes        := [{ schemaVersion, payload? }], at most 7: the same payload in other versions
//   after         := [[row, seq]], at most 64: of each other row of the log (log/entry.h) the latest
//                    that the sender had learnt of since its envelope before; absent from a sender
//                    without a log
//   first         := the number of the sender's first envelope in the log; 1 when absent
//
// Other fields are passed over, so that a later version of the protocol may add some.
struct Shape {
  std::uint64_t schemaVersion = 1;
  std::optional<Value> payload = {};
};

struct Cause {
  Text row;
  std::uint64_t seq = 0;
};

struct Envelope {
  Text sender;
  Text from;
  std::uint64_t seq = 0;
  double clock = 0;
  std::optional<double> wall = {};
  std::uint64_t schemaVersion = 1;
  Value action = {};
  std::vector<Shape> shapes = {};
  std::optional<std::vector<Cause>> after = {};
  std::uint64_t first = 1;

  std::string_view type() const;  // valid as long as the action is
};

// Whether it is { type, payload?, meta?, ... }: the type a text, not empty, and the meta an object.
bool isAction(const Value& value);

// Whether it is a schemaVersion: a whole number from 1 to 2^53 - 1.
bool isVersion(const Value& value);

// Errors are Undecodable with the place inside `message`.
Result<Envelope> readEnvelope(const Value& message);
Value toValue(const Envelope& envelope);

// The envelope in `bytes`, one value of value/codec.h, when its fields are valid and stand in the
// order of `toValue`: read without a value around them. Nothing says only that the other way is to
// be taken, which gives the same envelope or tells what is wrong. Parts of it that equal those of
// an `earlier` one are the very same.
std::optional<Envelope> readOrdered(std::span<const std::uint8_t> bytes, const Limits& limits,
                                    const Envelope& earlier = {});

// The sender of an envelope in the binary form, read without the rest; empty where it does not
// stand as `toValue` puts it.
std::string_view peekSender(std::span<const std::uint8_t> bytes);

}  // namespace isthmus
