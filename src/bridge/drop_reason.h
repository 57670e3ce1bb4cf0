#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace isthmus {

// Why an action did not cross, in the order in which a received message is checked. The same names,
// in the same order, form the union `DropReason` of web/api/bridge.ts; a test compares the
// lists.
#define ISTHMUS_DROP_REASONS(X)                                                     \
  X(Undecodable, "undecodable") /* not a value                                   */ \
  X(TooLarge, "too-large")      /* over the limits of bytes, depth, entries      */ \
  X(Protocol, "protocol")       /* not an envelope of this protocol              */ \
  X(Echo, "echo")               /* our own, or bridged already                   */ \
  X(Duplicate, "duplicate")     /* sender and sequence number were accepted once */ \
  X(Off, "off")                 /* the bridge is switched off                    */ \
  X(Type, "type")               /* no contract lists the type                    */ \
  X(Absent, "absent")           /* one would, but its slice or app is not here   */ \
  X(Sender, "sender")           /* the contract excludes one of the two stores   */ \
  X(Version, "version")         /* another schemaVersion than the contract's     */ \
  X(Schema, "schema")           /* the payload is not what the contract says     */ \
  X(Secret, "secret")           /* a part that never leaves was sent             */ \
  X(Stale, "stale")             /* older than the last one of its type           */ \
  X(Clock, "clock")             /* too far ahead of our clock                    */ \
  X(Reducer, "reducer")         /* a reducer refused the action                  */

enum class DropReason : std::uint8_t {
#define ISTHMUS_ENUMERATOR(name, text) name,
  ISTHMUS_DROP_REASONS(ISTHMUS_ENUMERATOR)
#undef ISTHMUS_ENUMERATOR
};

#define ISTHMUS_COUNT(name, text) +1
inline constexpr std::size_t kDropReasonCount = 0 ISTHMUS_DROP_REASONS(ISTHMUS_COUNT);
#undef ISTHMUS_COUNT

std::string_view toString(DropReason reason);

// Why a message is dropped that cannot be read as a value.
DropReason reasonOf(const Error& error);
// The reason for what a caster or a reducer refuses: `otherwise`, unless it takes too much.
DropReason reasonOf(const Error& error, DropReason otherwise);

}  // namespace isthmus
