// Patterns and texts. An even first byte: the rest is a pattern and, behind a zero byte, a text;
// what compiles gives one answer, whatever it was asked before. An odd one: the bytes choose a
// pattern and a text, and the answer is that of a plain search through all ways to match.

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "contract/pattern/pattern.h"

using namespace isthmus;

namespace {

constexpr int kWork = 20'000;

void demand(bool holds) {
  if (!holds) std::abort();
}

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : rest_(data), end_(data + size) {}
  unsigned next(unsigned below) { return rest_ == end_ ? 0 : *rest_++ % below; }
  bool atEnd() const { return rest_ == end_; }

 private:
  const std::uint8_t* rest_;
  const std::uint8_t* end_;
};

using Text = std::vector<std::string>;  // each a character
using Ends = std::set<std::size_t>;

bool isWord(const std::string& c) { return c == "a" || c == "b" || c == "1"; }

// A pattern with all places at which a match that begins at a place can end.
struct Expression {
  std::string text;
  std::function<Ends(const Text&, std::size_t)> ends;
};

struct Leaf {
  const char* text;
  bool (*accepts)(const std::string& c);
};
constexpr Leaf kLeaves[] = {
    {"a", [](const std::string& c) { return c == "a"; }},
    {"b", [](const std::string& c) { return c == "b"; }},
    {"é", [](const std::string& c) { return c == "é"; }},
    {".", [](const std::string& c) { return c != "\n"; }},
    {"\\d", [](const std::string& c) { return c == "1"; }},
    {"\\w", isWord},
    {"\\W", [](const std::string& c) { return !isWord(c); }},
    {"\\s", [](const std::string& c) { return c == " " || c == "\n"; }},
    {"[ab]", [](const std::string& c) { return c == "a" || c == "b"; }},
    {"[^a-z]", [](const std::string& c) { return c != "a" && c != "b"; }},
};

bool isBoundary(const Text& text, std::size_t at) {
  const bool before = at > 0 && isWord(text[at - 1]);
  return before != (at < text.size() && isWord(text[at]));
}

Expression assertion(const char* text, bool (*holds)(const Text&, std::size_t)) {
  return {text, [holds](const Text& subject, std::size_t at) {
            return holds(subject, at) ? Ends{at} : Ends{};
          }};
}

Expression leaf(const Leaf& leaf) {
  return {leaf.text, [leaf](const Text& subject, std::size_t at) {
            return at < subject.size() && leaf.accepts(subject[at]) ? Ends{at + 1} : Ends{};
          }};
}

Ends follow(const Expression& expression, const Text& text, const Ends& starts) {
  Ends ends;
  for (const auto start : starts) ends.merge(expression.ends(text, start));
  return ends;
}

Expression sequence(const Expression& first, const Expression& second) {
  const auto text = first.text + second.text;
  return {text, [first, second](const Text& subject, std::size_t at) {
            return follow(second, subject, first.ends(subject, at));
          }};
}

Expression either(const Expression& first, const Expression& second) {
  const auto text = "(?:" + first.text + "|" + second.text + ")";
  return {text, [first, second](const Text& subject, std::size_t at) {
            Ends ends = first.ends(subject, at);
            ends.merge(second.ends(subject, at));
            return ends;
          }};
}

Expression repeated(const Expression& inner, unsigned least, unsigned most,
                    const std::string& mark) {
  const auto text = "(" + inner.text + ")" + mark;
  return {text, [inner, least, most](const Text& subject, std::size_t at) {
            Ends now{at};
            for (unsigned i = 0; i < least; ++i) now = follow(inner, subject, now);
            Ends all = now;
            for (unsigned i = least; i < most && !now.empty(); ++i) {
              now = follow(inner, subject, now);
              const auto before = all.size();
              all.insert(now.begin(), now.end());
              if (all.size() == before) break;
            }
            return all;
          }};
}

Expression repetition(Bytes& bytes, const Expression& inner) {
  constexpr unsigned kMany = 1000;
  switch (bytes.next(4)) {
    case 0:
      return repeated(inner, 0, kMany, "*");
    case 1:
      return repeated(inner, 1, kMany, "+?");
    case 2:
      return repeated(inner, 0, 1, "?");
    default:
      break;
  }
  const unsigned least = bytes.next(4);
  const unsigned most = least + bytes.next(3);
  return repeated(inner, least, most,
                  "{" + std::to_string(least) + "," + std::to_string(most) + "}");
}

Expression expression(Bytes& bytes, int depth) {
  const auto inner = [&] { return expression(bytes, depth - 1); };
  switch (bytes.next(depth > 0 ? 10 : 5)) {
    case 0:
      return assertion("^", [](const Text&, std::size_t at) { return at == 0; });
    case 1:
      return assertion("$", [](const Text& text, std::size_t at) { return at == text.size(); });
    case 2:
      return assertion("\\b", isBoundary);
    case 5:
      return either(inner(), inner());
    case 6:
    case 7: {
      const auto first = inner();
      return sequence(first, inner());
    }
    case 8:
    case 9:
      return repetition(bytes, inner());
    default:
      return leaf(kLeaves[bytes.next(std::size(kLeaves))]);
  }
}

void checkChosen(Bytes bytes) {
  const Expression chosen = expression(bytes, 4);
  constexpr const char* kCharacters[] = {"a", "b", "1", " ", "\n", "é"};
  Text characters;
  std::string text;
  while (!bytes.atEnd() && characters.size() < 12) {
    characters.emplace_back(kCharacters[bytes.next(std::size(kCharacters))]);
    text += characters.back();
  }
  bool expected = false;
  for (std::size_t at = 0; at <= characters.size() && !expected; ++at) {
    expected = !chosen.ends(characters, at).empty();
  }
  const auto pattern = Pattern::compile(chosen.text);
  demand(pattern.ok());
  WorkBudget work(kWork);
  demand(pattern.value().matches(text, work) == expected || work.isExhausted());
}

// A backreference behind a regular expression is one of it if its group is there.
void checkGroups(const std::string& source) {
  if (source.size() > 4000 || !Pattern::isRegularExpression(source)) return;
  demand(Pattern::isRegularExpression("()" + source + "\\1"));
  demand(!Pattern::isRegularExpression(source + "\\4001"));
}

void checkRaw(std::string_view input) {
  const auto zero = input.find('\0');
  const auto text = zero == input.npos ? std::string_view() : input.substr(zero + 1);
  const auto source = input.substr(0, zero);
  checkGroups(std::string(source));
  const auto pattern = Pattern::compile(source);
  if (!pattern) {
    demand(!pattern.error().message.empty());
    return;
  }
  demand(Pattern::isRegularExpression(source));
  WorkBudget first(kWork);
  const bool matches = pattern.value().matches(text, first);
  pattern.value().matches(source, first);
  WorkBudget second(kWork);
  const bool again = pattern.value().matches(text, second);
  demand(matches == again || first.isExhausted() || second.isExhausted());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  if (*data % 2 != 0) {
    checkChosen(Bytes(data + 1, size - 1));
  } else {
    checkRaw({reinterpret_cast<const char*>(data + 1), size - 1});
  }
  return 0;
}
