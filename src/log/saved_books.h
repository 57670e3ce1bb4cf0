#pragma once

#include "log/log.h"
#include "value/saved.h"

namespace isthmus {

// A log's books, written by an engine that has ended and read by the next one:
//
//   books := point, (row)*, (lineage)*        the base, and what is settled before it
//            (segment)*, (mark)*              the chain from there
//            (entry)*, (float64 since, entry)*      settled and tentative
//            (start)*, number made, number beginnings, (id)* learnt, number epoch, float64 clock
//   entry := varint bytes, value              as it travels
//   start := string slice, number since, id, varint isValid, value
//
// The other parts are drawn in log/message.h; ( )* is a varint count and so many of them.
//
// Reads the books alone: no table of keys or nodes, and takes no memory but for what is written.
void save(Encoder& encoder, const Log::Books& books);

// Undecodable for anything else.
Result<Log::Books> load(Decoder& decoder);

}  // namespace isthmus
