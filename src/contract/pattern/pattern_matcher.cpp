#include "contract/pattern/pattern_matcher.h"

#include <algorithm>

#include "base/stable_order.h"
#include "value/wtf8.h"

namespace isthmus {
namespace {

bool isWord(std::uint32_t code) { return contains(wordCharacters(), code); }

}  // namespace

PatternMatcher::PatternMatcher(PatternProgram program)
    : program_(std::move(program)),
      tellsWords_(std::any_of(program_.code.begin(), program_.code.end(),
                              [](const PatternInstruction& instruction) {
                                return instruction.op == PatternOp::Word ||
                                       instruction.op == PatternOp::NotWord;
                              })),
      reached_(program_.code.size() + 1) {
  buildSymbols();
}

void PatternMatcher::buildSymbols() {
  auto sets = program_.sets;
  if (tellsWords_) sets.push_back(wordCharacters());
  collectStarts(sets);
  symbols_.assign(starts_.size(), 0);
  samples_ = {0};
  for (const auto& set : sets) splitSymbols(set);
  for (std::uint32_t code = 0; code < std::size(asciiSymbols_); ++code) {
    asciiSymbols_[code] = symbolOf(code);
  }
}

void PatternMatcher::collectStarts(const std::vector<CodeSet>& sets) {
  std::vector<std::uint32_t> starts = {0};
  for (const auto& set : sets) {
    for (const auto& [first, last] : set) {
      starts.push_back(first);
      if (last < kLastCodePoint) starts.push_back(last + 1);
    }
  }
  for (const auto at : stableOrder(starts.size(), [&](std::uint32_t a, std::uint32_t b) {
         return starts[a] < starts[b];
       })) {
    if (starts_.empty() || starts[at] > starts_.back()) starts_.push_back(starts[at]);
  }
}

// Each symbol of which the set holds a part becomes two.
void PatternMatcher::splitSymbols(const CodeSet& set) {
  constexpr auto kNone = std::uint32_t{0xFFFF'FFFF};
  std::vector<std::uint32_t> parts(samples_.size() * 2, kNone);
  samples_.clear();
  auto range = set.begin();
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    while (range != set.end() && range->last < starts_[i]) ++range;
    const bool isIn = range != set.end() && range->first <= starts_[i];
    auto& part = parts[symbols_[i] * 2 + (isIn ? 1 : 0)];
    if (part == kNone) {
      part = static_cast<std::uint32_t>(samples_.size());
      samples_.push_back(starts_[i]);
    }
    symbols_[i] = part;
  }
}

std::uint32_t PatternMatcher::symbolOf(std::uint32_t code) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), code);
  return symbols_[static_cast<std::size_t>(after - starts_.begin() - 1)];
}

PatternMatcher::Symbol PatternMatcher::symbolAt(std::string_view text) const {
  const auto byte = static_cast<unsigned char>(text.front());
  if (byte < 0x80) return {asciiSymbols_[byte], 1};
  const auto [number, length] = readCodePoint(text);
  return {symbolOf(number), std::max<std::size_t>(length, 1)};
}

bool PatternMatcher::search(std::string_view text, WorkBudget& work) {
  work.spend(1 + text.size() / 8);
  const auto width = samples_.size() + 1;
  Move at = states_.empty() ? stateOf({{}, true, false}) : 0;
  while (!work.isExhausted()) {
    const auto [symbol, length] =
        text.empty() ? Symbol{static_cast<std::uint32_t>(samples_.size()), 0} : symbolAt(text);
    Move next = moves_[static_cast<std::size_t>(at) * width + symbol];
    if (next == kUnknown) next = move(at, symbol, work);
    if (next < 0) return next == kMatched;
    at = next;
    text.remove_prefix(length);
  }
  return false;
}

// The first state is that before a text. All are forgotten when there are too many.
PatternMatcher::Move PatternMatcher::stateOf(State state) {
  const auto width = samples_.size() + 1;
  const auto found = std::find(states_.begin(), states_.end(), state);
  if (found != states_.end()) return static_cast<Move>(found - states_.begin());
  if (states_.size() >= kMostStates || moves_.size() + width > std::max(kMostMoves, width * 3)) {
    states_.clear();
    moves_.clear();
    if (!state.atStart) stateOf({{}, true, false});
  }
  states_.push_back(std::move(state));
  moves_.resize(moves_.size() + width, kUnknown);
  return static_cast<Move>(states_.size() - 1);
}

PatternMatcher::Move PatternMatcher::move(Move from, std::uint32_t symbol, WorkBudget& work) {
  const auto index = static_cast<std::size_t>(from);
  const auto known = states_.size();
  const Move next = workOut(states_[index], symbol, work);
  const bool forgot = states_.size() < known;
  if (!forgot) moves_[index * (samples_.size() + 1) + symbol] = next;
  return next;
}

PatternMatcher::Move PatternMatcher::workOut(const State& state, std::uint32_t symbol,
                                             WorkBudget& work) {
  const bool matched = follow(state, symbol);
  work.spend(states_.size() + program_.code.size() / 8);
  if (matched) return kMatched;
  if (symbol == samples_.size()) return kDead;
  const auto sample = samples_[symbol];
  State next{{}, false, tellsWords_ && isWord(sample)};
  for (std::uint32_t at = 0; at < program_.code.size(); ++at) {
    const auto [op, set] = program_.code[at];
    if (!reached_[at] || op != PatternOp::Set) continue;
    const auto& codes = program_.sets[static_cast<std::size_t>(set)];
    if (contains(codes, sample)) next.waiting.push_back(at + 1);
  }
  const bool anchored = !program_.code.empty() && program_.code.front().op == PatternOp::Start;
  if (anchored && next.waiting.empty()) return kDead;
  return stateOf(std::move(next));
}

// Goes on as far as that needs no character; whether the end of the code is reached.
bool PatternMatcher::follow(const State& state, std::uint32_t symbol) {
  const auto end = program_.code.size();
  reached_.assign(end + 1, false);
  for (const auto at : state.waiting) reach(at);
  reach(0);
  while (!pending_.empty()) {
    const auto at = pending_.back();
    pending_.pop_back();
    if (at == end) return pending_.clear(), true;
    const auto [op, argument] = program_.code[at];
    const auto target = static_cast<std::uint32_t>(static_cast<std::int32_t>(at) + argument);
    if (op == PatternOp::Set) continue;
    if (op == PatternOp::Jump) {
      reach(target);
    } else if (op == PatternOp::Split) {
      reach(target);
      reach(at + 1);
    } else if (holds(op, state, symbol)) {
      reach(at + 1);
    }
  }
  return false;
}

void PatternMatcher::reach(std::uint32_t instruction) {
  if (reached_[instruction]) return;
  reached_[instruction] = true;
  pending_.push_back(instruction);
}

bool PatternMatcher::holds(PatternOp op, const State& state, std::uint32_t symbol) const {
  const bool atEnd = symbol == samples_.size();
  if (op == PatternOp::Start) return state.atStart;
  if (op == PatternOp::End) return atEnd;
  const bool isBoundary = state.afterWord != (!atEnd && isWord(samples_[symbol]));
  return isBoundary == (op == PatternOp::Word);
}

}  // namespace isthmus
