#include "engine_calls/remains.h"

#include <string_view>

#include "engine_calls/demand.h"
#include "engine_calls/instance.h"
#include "value/object_builder.h"

namespace isthmus::calls {
namespace {

using Word = std::uint32_t;

// Takes the answers apart that stand in the words of bindings/salvage.cpp.
class Words {
 public:
  Words() {
    demand(Instance::run([this] { begin_ = isthmus_salvage(); }));
    rewind();
  }

  void rewind() { at_ = begin_; }
  Word next() { return *at_++; }
  std::string_view text() {
    const std::uintptr_t address = next();
    const auto* const bytes =
        reinterpret_cast<const char*>(address);  // NOLINT(performance-no-int-to-ptr)
    return {bytes, next()};
  }

  // Where a container lies and is not read yet.
  struct Entry {
    Value scalar;
    Word place = 0;
    bool isArray = false;
  };
  Entry entry() {
    const auto kind = static_cast<Kind>(next());
    if (kind == Kind::String) return {Value(text())};
    const Word low = next();
    const Word high = next();
    if (kind == Kind::Array || kind == Kind::Object) return {{}, low, kind == Kind::Array};
    if (kind == Kind::Null) return {};
    if (kind == Kind::Boolean) return {Value(low == 1)};
    return {Value(__builtin_bit_cast(double, std::uint64_t{high} << 32U | low))};
  }

  Value settle(const Entry& entry) { return entry.place == 0 ? entry.scalar : container(entry); }

 private:
  Value container(const Entry& whole) {
    std::vector<std::pair<std::string, Entry>> parts;
    for (Word from = 0, count = 1; count != 0;) {
      demand(Instance::run([&] { isthmus_salvageParts(whole.place, from); }));
      rewind();
      from = next();
      count = next();
      for (Word i = 0; i < count; ++i) {
        std::string key(whole.isArray ? std::string_view() : text());
        parts.emplace_back(std::move(key), entry());
      }
    }
    return built(parts, whole.isArray);
  }

  Value built(const std::vector<std::pair<std::string, Entry>>& parts, bool isArray) {
    Value::Items items;
    ObjectBuilder members;
    for (const auto& [key, part] : parts) {
      if (isArray) {
        items.push_back(settle(part));
      } else {
        members.set(key, settle(part));
      }
    }
    return isArray ? Value(std::move(items)) : std::move(members).build();
  }

  Word* begin_ = nullptr;
  const Word* at_ = nullptr;
};

}  // namespace

StoreRemains remainsOf(Id store) {
  StoreRemains remains{};
  Words words;
  Outcome outcome = 0;
  demand(Instance::run([&] { outcome = isthmus_serial(store); }));
  remains.serial = static_cast<std::uint32_t>(outcome);
  for (Word place = 0;; ++place) {
    demand(Instance::run([&] { outcome = isthmus_salvageSlice(store, place); }));
    if (outcome == 0) return remains;
    words.rewind();
    std::string key(words.text());
    remains.slices.emplace_back(std::move(key), words.settle(words.entry()));
  }
}

Bytes booksOf(Id bridge) {
  Words words;
  Word* found = nullptr;
  demand(Instance::run([&] { found = isthmus_salvageBooks(bridge); }));
  if (found == nullptr) return {};
  const auto bytes = words.text();
  return {bytes.begin(), bytes.end()};
}

}  // namespace isthmus::calls
