#include "contract/pattern/pattern_parser.h"

#include <algorithm>

#include "value/wtf8.h"

namespace isthmus {

PatternParser::PatternParser(std::string_view text) : parts(1) {
  while (!text.empty()) {
    const auto [number, length] = readCodePoint(text);
    text_.push_back(length == 0 ? 0xFFFD : number);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
}

bool PatternParser::parse() {
  if (text_.size() > kMostCodePoints) return fail("the pattern is too long");
  if (!disjunction()) return false;
  if (peek() != kEnd) return fail("')' without '('");
  if (const auto place = groups_.dangling()) {
    at_ = *place;
    return fail("there is no group that the backreference could mean");
  }
  if (parts.size() > 1 && alternates_) refuse("a lookahead beside '|' is not supported");
  return true;
}

std::uint32_t PatternParser::peek(std::size_t ahead) const {
  return at_ + ahead < text_.size() ? text_[at_ + ahead] : kEnd;
}

bool PatternParser::take(std::uint32_t code) {
  if (peek() != code) return false;
  ++at_;
  return true;
}

bool PatternParser::takeText(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (peek(i) != static_cast<std::uint32_t>(text[i])) return false;
  }
  at_ += text.size();
  return true;
}

std::string PatternParser::placed(std::string_view reason) const {
  return "at character " + std::to_string(at_) + " of the pattern: " + std::string(reason);
}

bool PatternParser::fail(std::string_view reason) {
  fault_ = placed(reason);
  return false;
}

void PatternParser::refuse(std::string_view reason) {
  if (unsupported_.empty()) unsupported_ = placed(reason);
}

void PatternParser::emit(PatternOp op, std::int32_t argument) {
  if (code().size() >= kMostInstructions) {
    refuse("the pattern is too large; its counted repetitions are written out");
  } else {
    code().push_back({op, argument});
  }
}

bool PatternParser::assertion(PatternOp op) {
  emit(op);
  return true;
}

void PatternParser::emitSet(CodeSet set) {
  auto& sets = program().sets;
  const auto found = std::find(sets.begin(), sets.end(), set);
  const auto number = static_cast<std::int32_t>(found - sets.begin());
  if (found == sets.end()) sets.push_back(std::move(set));
  if (sets.size() > kMostSets) {
    sets.pop_back();
    return refuse("the pattern has too many different characters");
  }
  emit(PatternOp::Set, number);
}

// A Split is put before each branch but the last, a Jump to the end behind it.
bool PatternParser::disjunction() {
  if (++nested_ > kMostNested) return fail("groups are nested too deep");
  std::vector<std::size_t> jumps;
  auto branch = code().size();
  while (true) {
    if (!alternative()) return false;
    if (!take('|')) break;
    if (nested_ == 1) alternates_ = true;
    jumps.push_back(code().size() + 1);
    emit(PatternOp::Jump);
    emit(PatternOp::Jump);
    if (!unsupported_.empty()) continue;
    std::rotate(code().begin() + static_cast<std::ptrdiff_t>(branch), code().end() - 1,
                code().end());
    code()[branch] = {PatternOp::Split, static_cast<std::int32_t>(code().size() - branch)};
    branch = code().size();
  }
  for (const auto jump : jumps) {
    if (unsupported_.empty())
      code()[jump].argument = static_cast<std::int32_t>(code().size() - jump);
  }
  --nested_;
  return true;
}

bool PatternParser::alternative() {
  while (peek() != kEnd && peek() != '|' && peek() != ')') {
    if (!term()) return false;
  }
  return true;
}

bool PatternParser::term() {
  if (take('^')) return assertion(PatternOp::Start);
  if (take('$')) return assertion(PatternOp::End);
  if (takeText("(?=")) return lookaround(true, false);
  if (takeText("(?!")) return lookaround(true, true);
  if (takeText("(?<=") || takeText("(?<!")) return lookaround(false, false);
  if (takeText("\\b")) return assertion(PatternOp::Word);
  if (takeText("\\B")) return assertion(PatternOp::NotWord);
  const auto start = code().size();
  if (take('(')) {
    if (!group()) return false;
  } else if (take('[')) {
    if (!characterClass()) return false;
  } else if (take('.')) {
    emitSet(complement(lineTerminators()));
  } else if (take('\\')) {
    if (!escapedTerm()) return false;
  } else {
    const auto code = peek();
    constexpr std::string_view kSyntax = "*+?{}]";
    if (code < 0x80 && kSyntax.find(static_cast<char>(code)) != kSyntax.npos) {
      return fail("a character of the syntax must be escaped or follow what it is for");
    }
    ++at_;
    emitSet({{code, code}});
  }
  return quantifier(start);
}

bool PatternParser::group() {
  if (takeText("?<")) {
    std::u32string name;
    if (!groupName(name)) return false;
    if (!groups_.name(std::move(name))) return fail("two groups have the same name");
    groups_.add();
  } else if (peek() != '?') {
    groups_.add();
  } else if (!takeText("?:")) {
    return fail("an unknown kind of group");
  }
  if (!disjunction()) return false;
  return take(')') || fail("'(' without ')'");
}

// One that follows '^' at the very beginning looks at the text as a whole, as a pattern of its own
// does. Every other one would have to be tried at each place.
bool PatternParser::lookaround(bool ahead, bool excluded) {
  const bool leads = ahead && nested_ == 1 && part_ == 0 && code().size() == 1 &&
                     code().front().op == PatternOp::Start;
  if (leads) return parseLookahead(excluded);
  refuse(ahead ? "a lookahead is supported only behind the '^' that the pattern begins with"
               : "a lookbehind is not supported");
  return disjunction() && (take(')') || fail("'(' without ')'"));
}

bool PatternParser::parseLookahead(bool excluded) {
  part_ = parts.size();
  parts.push_back({{}, excluded});
  emit(PatternOp::Start);
  if (!disjunction()) return false;
  part_ = 0;
  return take(')') || fail("'(' without ')'");
}

bool PatternParser::quantifier(std::size_t start) {
  Counts range{1, 1};
  if (take('*')) {
    range = {0, kUnlimited};
  } else if (take('+')) {
    range = {1, kUnlimited};
  } else if (take('?')) {
    range = {0, 1};
  } else if (!take('{')) {
    return true;
  } else if (!counts(range)) {
    return false;
  }
  take('?');  // a lazy one matches the same texts
  repeat(start, range);
  return true;
}

bool PatternParser::counts(Counts& counts) {
  if (!number(counts.least)) return false;
  counts.most = counts.least;
  if (take(',')) {
    counts.most = kUnlimited;
    if (peek() != '}' && !number(counts.most)) return false;
  }
  if (!take('}')) return fail("a repetition must end with '}'");
  return counts.least <= counts.most || fail("a repetition's counts are in the wrong order");
}

bool PatternParser::number(std::uint32_t& number) {
  if (!contains(digits(), peek())) return fail("a repetition must have a count");
  std::uint64_t sum = 0;
  while (contains(digits(), peek())) {
    sum = std::min<std::uint64_t>(sum * 10 + (text_[at_++] - '0'), kUnlimited - 1);
  }
  number = static_cast<std::uint32_t>(sum);
  return true;
}

//   x{2,}  x x ⟲      x{0,}  Split x Jump ⟲      x{1,3}  x Split x Split x, both to the end
void PatternParser::repeat(std::size_t start, const Counts& counts) {
  const std::vector<PatternInstruction> atom(code().begin() + static_cast<std::ptrdiff_t>(start),
                                             code().end());
  const bool endless = counts.most == kUnlimited;
  const std::uint64_t optional = endless ? (counts.least == 0 ? 1 : 0) : counts.most - counts.least;
  const auto length = static_cast<std::int32_t>(atom.size());
  if ((counts.least + optional) * (atom.size() + 2) + start > kMostInstructions) {
    if (!atom.empty()) refuse("a repetition is too large; it would be written out");
    return;
  }
  code().resize(start);
  const auto append = [&] { code().insert(code().end(), atom.begin(), atom.end()); };
  for (std::uint32_t i = 0; i < counts.least; ++i) append();
  for (auto left = static_cast<std::int32_t>(optional); left > 0; --left) {
    emit(PatternOp::Split, endless ? length + 2 : left * (length + 1));
    append();
  }
  if (endless && counts.least > 0) emit(PatternOp::Split, -length);
  if (endless && counts.least == 0) emit(PatternOp::Jump, -length - 1);
}

}  // namespace isthmus
