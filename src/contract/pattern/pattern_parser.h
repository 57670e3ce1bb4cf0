#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "contract/pattern/pattern_groups.h"
#include "contract/pattern/pattern_program.h"

namespace isthmus {

// Reads a regular expression of ECMA-262 in its unicode mode. What is well-formed but beyond a
// matcher of linear time, or beyond its bounds, is read to the end all the same, so that wrong
// patterns are told from those that are merely not supported.
class PatternParser {
 public:
  static constexpr std::size_t kMostInstructions = 10'000;
  static constexpr std::size_t kMostSets = 256;
  static constexpr std::size_t kMostCodePoints = 10'000;
  static constexpr std::size_t kMostNested = 100;

  explicit PatternParser(std::string_view text);

  // Whether the text is a regular expression. If it is and none of it is unsupported, `parts` holds
  // what it compiles to.
  bool parse();

  // A sentence about what is wrong, or about what is not supported; empty when nothing is.
  const std::string& fault() const { return fault_; }
  const std::string& unsupported() const { return unsupported_; }

  std::vector<PatternPart> parts;

 private:
  static constexpr std::uint32_t kEnd = 0xFFFF'FFFF;
  static constexpr std::uint32_t kUnlimited = 0xFFFF'FFFF;

  struct Counts {
    std::uint32_t least;
    std::uint32_t most;
  };
  // One member of a class or one escape: a code point, or a set that has no code point's place.
  struct Member {
    std::uint32_t code = kEnd;
    CodeSet set = {};
  };

  bool disjunction();
  bool alternative();
  bool term();
  bool group();
  bool groupName(std::u32string& name);
  bool namePart(std::u32string& name);
  bool lookaround(bool ahead, bool excluded);
  bool parseLookahead(bool excluded);
  bool quantifier(std::size_t start);
  bool counts(Counts& counts);
  bool number(std::uint32_t& number);
  void repeat(std::size_t start, const Counts& counts);

  bool escapedTerm();
  bool backreference();
  bool namedBackreference();
  bool characterClass();
  bool classMember(Member& member);
  bool escape(Member& member, bool inClass);
  bool setEscape(Member& member);
  bool property(Member& member);
  bool codeEscape(Member& member, bool inClass);
  bool unicodeEscape(std::uint32_t& code);
  bool bracedCode(std::uint32_t& code);
  bool hexadecimal(std::size_t length, std::uint32_t& code);

  std::uint32_t peek(std::size_t ahead = 0) const;
  bool take(std::uint32_t code);
  bool takeText(std::string_view text);
  bool fail(std::string_view reason);
  void refuse(std::string_view reason);
  std::string placed(std::string_view reason) const;

  PatternProgram& program() { return parts[part_].program; }
  std::vector<PatternInstruction>& code() { return program().code; }
  void emit(PatternOp op, std::int32_t argument = 0);
  bool assertion(PatternOp op);
  void emitSet(CodeSet set);

  std::vector<std::uint32_t> text_;
  std::size_t at_ = 0;
  std::size_t part_ = 0;
  std::size_t nested_ = 0;
  bool alternates_ = false;  // outside of all groups
  PatternGroups groups_;
  std::string fault_;
  std::string unsupported_;
};

}  // namespace isthmus
