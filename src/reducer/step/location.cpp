#include "reducer/step/location.h"

#include <algorithm>
#include <cmath>

namespace isthmus {
namespace {

constexpr double kIndexEnd = 4294967295.0;

// None for what is neither text nor an index.
Key toKey(const Value& token, ActionBudget* budget = nullptr) {
  if (token.isString() && make(budget, 64 + token.string().size())) return Key(token.string());
  if (!token.isNumber()) return {};
  const double index = token.number();
  if (index < 0 || index >= kIndexEnd || index != std::trunc(index)) return {};
  return Key::fromIndex(static_cast<std::uint32_t>(index));
}

}  // namespace

Result<Location> Location::compile(const Value& definition) {
  Location location;
  if (definition.isString()) {
    auto path = parsePointer(definition.string());
    if (!path) return Error{ErrorCode::InvalidDefinition, path.error().message};
    location.fixed_ = std::move(path).value();
    return location;
  }
  if (!definition.isArray()) {
    return Error{ErrorCode::InvalidDefinition, "a path is a JSON Pointer or a list of tokens"};
  }
  for (const auto& token : definition.items()) {
    if (auto key = toKey(token)) {
      location.fixed_.push_back(key);
      location.tokens_.push_back({std::move(key)});
      continue;
    }
    auto expression = Expression::compile(token);
    if (!expression) return expression.pass();
    location.tokens_.push_back({{}, std::move(expression).value()});
  }
  if (location.fixed_.size() == location.tokens_.size()) location.tokens_.clear();
  return location;
}

Result<const Path*> Location::resolve(const Path& base, Scope& scope, Path& made) const {
  if (tokens_.empty() && base.empty()) return &fixed_;
  made.reserve(base.size() + std::max(fixed_.size(), tokens_.size()));
  made = base;
  if (tokens_.empty()) made.insert(made.end(), fixed_.begin(), fixed_.end());
  for (const auto& [known, expression] : tokens_) {
    auto key = expression ? toKey(expression.evaluate(scope), scope.budget) : known;
    if (!key) {
      return Error{ErrorCode::StepFailed,
                   "the next token of this path is neither a string nor an index", toPointer(made)};
    }
    made.push_back(std::move(key));
  }
  return &made;
}

}  // namespace isthmus
