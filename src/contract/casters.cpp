#include "contract/casters.h"

#include <algorithm>

#include "reducer/step/step_runner.h"
#include "value/path.h"

namespace isthmus {
namespace {

constexpr std::size_t kMostCasters = 64;  // in one direction

// Walks a value as long as it stays in the limits: parts may be shared, so that a small value can
// be a huge tree.
class Measure {
 public:
  explicit Measure(const Limits& limits)
      : entries_(limits.entries), textBytes_(limits.stringBytes) {}

  bool fits(const Value& value) {
    if (value.isString()) return spend(textBytes_, value.string().size());
    if (value.isArray()) return fitsItems(value.items());
    return !value.isObject() || fitsMembers(value.members());
  }

 private:
  static bool spend(std::size_t& left, std::size_t amount) {
    if (amount > left) return false;
    left -= amount;
    return true;
  }
  bool fitsItems(const Sequence<Value>& items) {
    return spend(entries_, items.size()) &&
           std::all_of(items.begin(), items.end(), [&](const Value& item) { return fits(item); });
  }
  bool fitsMembers(const MemberList<Value>& members) {
    return spend(entries_, members.size()) &&
           std::all_of(members.begin(), members.end(), [&](const auto& member) {
             return spend(textBytes_, member.key.text().size()) && fits(member.value);
           });
  }

  std::size_t entries_;
  std::size_t textBytes_;
};

bool fits(const Value& value, const Limits& limits) {
  return !value.isDeeperThan(limits.depth) && Measure(limits).fits(value);
}

Result<Value> run(const Steps& steps, const Value& payload, const Value& meta,
                  ActionBudget& budget) {
  static const IndexedArrays kNoIndex;
  Draft draft(payload, &budget);
  Scope scope{nullptr, &payload, &meta};
  scope.budget = &budget;
  auto status = StepRunner(draft, payload, kNoIndex, scope).run(steps);
  if (!status) return std::move(status.error());
  return std::move(draft).take();
}

Error failed(ErrorCode code, std::uint64_t version, const std::string& what) {
  return {code, "the caster of version " + std::to_string(version) + " cannot carry it: " + what};
}

std::uint64_t step(std::uint64_t from, std::uint64_t to) { return from < to ? from + 1 : from - 1; }

// The version that a key names, or 0.
std::uint64_t versionOf(const std::string& key) {
  if (key.size() > 9 || key.starts_with('0')) return 0;
  std::uint64_t version = 0;
  for (const char c : key) {
    if (c < '0' || c > '9') return 0;
    version = version * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return version;
}

}  // namespace

Status Casters::add(const Value& definition, List& list) {
  if (!definition.isObject() || definition.members().size() > kMostCasters) {
    return invalidDefinition("must be an object of at most " + std::to_string(kMostCasters) +
                             " lists of steps by version");
  }
  for (const auto& [key, steps] : definition.members()) {
    const auto version = versionOf(key.text());
    if (version == 0) {
      return invalidDefinition("must be the version that the steps begin at, 1 or more",
                               toPointer({key}));
    }
    auto compiled = compileSteps(steps);
    if (!compiled) return below(key, std::move(compiled.error()));
    list.push_back({version, std::move(compiled).value()});
  }
  return Done{};
}

const Casters::Caster* Casters::next(std::uint64_t version, std::uint64_t to) const {
  const List& list = version < to ? up_ : down_;
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Caster& caster) { return caster.from == version; });
  return found == list.end() ? nullptr : &*found;
}

bool Casters::reach(std::uint64_t from, std::uint64_t to) const {
  for (; from != to; from = step(from, to)) {
    if (next(from, to) == nullptr) return false;
  }
  return true;
}

Result<Value> Casters::cast(Value payload, const Value& meta, std::uint64_t from, std::uint64_t to,
                            const Limits& limits, const ActionLimits& work) const {
  ActionBudget budget(work);
  for (; from != to; from = step(from, to)) {
    auto result = run(next(from, to)->steps, payload, meta, budget);
    if (!result) {
      const auto& [code, message, where, step, slice] = result.error();
      const bool isTooLarge = code == ErrorCode::TooLarge;
      return failed(code, from, "step " + step + (isTooLarge ? ": " + message : " failed"));
    }
    payload = std::move(result).value();
    if (!fits(payload, limits)) return failed(ErrorCode::TooLarge, from, "it would be too large");
  }
  return payload;
}

}  // namespace isthmus
