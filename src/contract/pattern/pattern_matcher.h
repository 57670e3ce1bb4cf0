#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/work_budget.h"
#include "contract/pattern/pattern_program.h"

namespace isthmus {

// Finds whether a program matches anywhere in a text, in time linear in the text: an automaton
// whose states are sets of instructions, and whose moves are worked out when they are first needed
// and remembered within a bound.
//
//   code point ──► symbol    code points that no set of the program tells apart
//   State { waiting }        the instructions reached so far, before what needs no character
//   moves_ [state][symbol]   the next state, Matched or Dead, or Unknown so far; the last symbol is
//                            the end of the text
class PatternMatcher {
 public:
  explicit PatternMatcher(PatternProgram program);

  // False also when the work is exhausted.
  bool search(std::string_view text, WorkBudget& work);

 private:
  using Move = std::int32_t;
  static constexpr Move kUnknown = -1;
  static constexpr Move kMatched = -2;
  static constexpr Move kDead = -3;
  static constexpr std::size_t kMostStates = 512;
  static constexpr std::size_t kMostMoves = 1U << 14U;

  struct State {
    std::vector<std::uint32_t> waiting;  // ascending
    bool atStart;
    bool afterWord;

    friend bool operator==(const State&, const State&) = default;
  };
  struct Symbol {
    std::uint32_t number;
    std::size_t length;
  };

  void buildSymbols();
  void collectStarts(const std::vector<CodeSet>& sets);
  void splitSymbols(const CodeSet& set);
  Symbol symbolAt(std::string_view text) const;
  std::uint32_t symbolOf(std::uint32_t code) const;

  Move stateOf(State state);
  Move move(Move from, std::uint32_t symbol, WorkBudget& work);
  Move workOut(const State& state, std::uint32_t symbol, WorkBudget& work);
  bool follow(const State& state, std::uint32_t symbol);
  bool holds(PatternOp op, const State& state, std::uint32_t symbol) const;
  void reach(std::uint32_t instruction);

  PatternProgram program_;
  bool tellsWords_;
  std::vector<std::uint32_t> starts_;   // of the intervals that all sets hold or leave as a whole
  std::vector<std::uint32_t> symbols_;  // of each interval
  std::uint32_t asciiSymbols_[128] = {};
  std::vector<std::uint32_t> samples_;  // a code point of each symbol

  std::vector<State> states_;
  std::vector<Move> moves_;
  std::vector<std::uint32_t> pending_;
  std::vector<bool> reached_;  // of each instruction, in the last `follow`
};

}  // namespace isthmus
