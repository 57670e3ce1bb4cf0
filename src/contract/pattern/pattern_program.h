#pragma once

#include <cstdint>
#include <vector>

#include "contract/pattern/code_set.h"

namespace isthmus {

// What a pattern compiles to (Thompson's construction): a machine that follows every path at once
// and matches when one of them arrives at the end of the code.
//
//   a(?:b|c)*$     0 Set a │ 1 Split +6 │ 2 Split +3 │ 3 Set b │ 4 Jump +2 │ 5 Set c │ 6 Jump -5
//                  7 End
//
// Targets are relative, so code that repeats is copied as it is.
enum class PatternOp : std::uint8_t {
  Set,      // goes on after a code point of the set with the number `argument`
  Split,    // goes on at the next instruction and at that `argument` away
  Jump,     // goes on at the instruction `argument` away
  Start,    // goes on at the beginning of the text,
  End,      // at its end,
  Word,     // between a word character and another or none,
  NotWord,  // and elsewhere
};

struct PatternInstruction {
  PatternOp op;
  std::int32_t argument = 0;
};

struct PatternProgram {
  std::vector<PatternInstruction> code;
  std::vector<CodeSet> sets;
};

// A text matches a pattern when each of its programs but the `excluded` ones finds a match anywhere
// in it, and these find none. Programs beyond the first stand for lookaheads.
struct PatternPart {
  PatternProgram program;
  bool excluded = false;
};

}  // namespace isthmus
