#pragma once

#include <cstdint>

// What the engine exports (bindings/*.cpp), natively.
extern "C" {

using Outcome = std::int32_t;
using Id = std::uint32_t;

std::uint8_t* isthmus_input(std::uint32_t size);
const std::uint8_t* isthmus_output();

Outcome isthmus_prepare(Id store, std::uint32_t length);
Outcome isthmus_commit(Id store, std::uint32_t serial);
Outcome isthmus_dispatch(Id store, std::uint32_t length);
Outcome isthmus_serial(Id store);
Outcome isthmus_discard(Id store);
Outcome isthmus_read(Id store, std::uint32_t length);
Outcome isthmus_readWatched(Id store, Id watch);
Outcome isthmus_reduce(Id definition, std::uint32_t length);
Outcome isthmus_edit(Id definition, std::uint32_t length);
Outcome isthmus_give(Id store, std::uint32_t length);
Outcome isthmus_change(Id store, std::uint32_t length);

std::uint8_t* isthmus_keyBuffer(std::uint32_t size);
Outcome isthmus_member(Id node, std::uint32_t length);
Outcome isthmus_members(Id node);
Outcome isthmus_unpin(Id node);

Outcome isthmus_outbound(Id bridge, std::uint32_t length, bool enabled, double now, bool asBytes);
Outcome isthmus_takePlain(Id bridge);
Outcome isthmus_inbound(Id bridge, std::uint32_t length, bool enabled, double now, Id store);
Outcome isthmus_inboundLegacy(Id bridge, std::uint32_t length, bool enabled, double now);
Outcome isthmus_settle(Id bridge, bool applied, bool isTooLarge);
Outcome isthmus_heard(Id bridge);
Outcome isthmus_addHeard(Id bridge, std::uint32_t length);

Outcome isthmus_expectSlice(Id bridge, std::uint32_t length);
Outcome isthmus_unexpectSlices(Id bridge, std::uint32_t length);
Outcome isthmus_releaseParked(Id bridge, std::uint32_t length, double now);
Outcome isthmus_nextParked(Id bridge, std::uint32_t length, bool enabled, double now);
Outcome isthmus_dropParked(Id bridge, std::uint32_t length);
Outcome isthmus_sweepParked(Id bridge, double now);

std::uint32_t* isthmus_salvage();
Outcome isthmus_salvageSlice(Id store, std::uint32_t place);
std::uint32_t* isthmus_salvageBooks(Id bridge);
void isthmus_salvageParts(std::uint32_t place, std::uint32_t from);

// Only here: a function that is called rarely, and which of the library's memory the compiler's
// coverage has.
using Callable = void (*)();
Callable isthmus_control(const char* name);
struct MemoryRange {
  char* begin;
  char* end;
};
MemoryRange isthmus_coverage();
}

namespace isthmus::calls {

// A function of bindings/control.cpp or bindings/crossing/control.cpp.
template <typename... Arguments>
Outcome control(const char* name, Arguments... arguments) {
  return reinterpret_cast<Outcome (*)(Arguments...)>(isthmus_control(name))(arguments...);
}

}  // namespace isthmus::calls
