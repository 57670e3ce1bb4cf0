#pragma once

#include "bindings/answers.h"
#include "log/log.h"

// What JavaScript is told of a bridge's log:
//
//   outcome := float64 deadline, varint unsettled; that is all where the call answers 0, else
//              varint lock, varint joining, varint moved,
//              varint count, bytes frame*
//              varint count, (varint kind, string sender, string slice, float64 first, last,
//              count)* news
//              varint count, (string slice, float64 place, varint use)* whose states JavaScript is
//              to give
//              varint count, (string slice, float64 place, value state)* of other releases, to be
//              carried to ours
//              varint count, (string slice)* that may yet get the state of all
//              varint count, (float64 moved, varint cause, varint count, (string key)*,
//              varint count, (string id)* refused)* rebases that the store has committed
//   replay  := varint 0 | varint 1, float64 base, float64 kept,
//              varint count, (string slice, float64 since, value state)* that begin anew
//              varint count, (float64 place, step)* after `kept`
//   step    := varint 0, value action | varint 1, string slice, varint 1 for its initial state

namespace isthmus::bindings {

// Takes what the log has for others, and writes the outcome. Answers 0 where it is a short one.
Outcome answerOutcome(Log& log, Time now);
// Of JavaScript's slices, what is to be played anew after `kept`.
void writeReplay(Encoder& encoder, const Log& log, const Order& order, Place kept);
void writeWishes(Encoder& encoder, const std::vector<Log::StateWish>& wishes);

}  // namespace isthmus::bindings
