#include "value/size.h"

#include <string>

namespace isthmus {
namespace {

Error beyond(std::size_t limit, const char* of) {
  return {ErrorCode::LimitExceeded,
          "the value exceeds the limit of " + std::to_string(limit) + " " + of};
}

class SizeCheck {
 public:
  explicit SizeCheck(const Limits& limits) : limits_(limits), entriesLeft_(limits.entries) {}

  Status check(const Value& value, std::size_t depth) {
    if (value.isString()) return checkText(value.string());
    if (!value.isContainer()) return Done{};
    if (depth >= limits_.depth) return beyond(limits_.depth, "nested levels");
    return value.isArray() ? checkArray(value, depth) : checkObject(value, depth);
  }

 private:
  Status checkText(std::string_view text) const {
    if (text.size() > limits_.stringBytes) return beyond(limits_.stringBytes, "bytes in a string");
    return Done{};
  }

  Status count(std::size_t entries) {
    if (entries > entriesLeft_) return beyond(limits_.entries, "entries");
    entriesLeft_ -= entries;
    return Done{};
  }

  Status checkArray(const Value& array, std::size_t depth) {
    if (auto status = count(array.items().size()); !status) return status;
    for (const auto& item : array.items()) {
      if (auto status = check(item, depth + 1); !status) return status;
    }
    return Done{};
  }

  Status checkObject(const Value& object, std::size_t depth) {
    if (auto status = count(object.members().size()); !status) return status;
    for (const auto& [key, member] : object.members()) {
      if (auto status = checkText(key.text()); !status) return status;
      if (auto status = check(member, depth + 1); !status) return status;
    }
    return Done{};
  }

  const Limits& limits_;
  std::size_t entriesLeft_;
};

}  // namespace

Status checkSize(const Value& value, const Limits& limits) {
  return SizeCheck(limits).check(value, 0);
}

}  // namespace isthmus
