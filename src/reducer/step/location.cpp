#include "reducer/step/location.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace isthmus {
namespace {

constexpr double kIndexEnd = 4294967295.0;

std::optional<Key> toKey(const Value& token, ActionBudget* budget = nullptr) {
  if (token.isString() && make(budget, 64 + token.string().size())) return Key(token.string());
  if (!token.isNumber()) return std::nullopt;
  const double index = token.number();
  if (index < 0 || index >= kIndexEnd || index != std::trunc(index)) return std::nullopt;
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
      location.fixed_.push_back(*key);
      location.tokens_.emplace_back(std::move(*key));
      continue;
    }
    auto expression = Expression::compile(token);
    if (!expression) return std::move(expression.error());
    location.tokens_.emplace_back(std::move(expression).value());
  }
  if (location.fixed_.size() == location.tokens_.size()) location.tokens_.clear();
  return location;
}

Result<Location::Resolved> Location::resolve(const Path& base, Scope& scope) const {
  if (tokens_.empty() && base.empty()) return Resolved::lend(fixed_);
  Path path;
  path.reserve(base.size() + std::max(fixed_.size(), tokens_.size()));
  path = base;
  if (tokens_.empty()) path.insert(path.end(), fixed_.begin(), fixed_.end());
  for (const auto& token : tokens_) {
    if (const auto* const key = std::get_if<Key>(&token)) {
      path.push_back(*key);
      continue;
    }
    auto key = toKey(std::get_if<Expression>(&token)->evaluate(scope), scope.budget);
    if (!key) {
      return Error{ErrorCode::StepFailed,
                   "the next token of this path is neither a string nor an index", toPointer(path)};
    }
    path.push_back(std::move(*key));
  }
  return Resolved::make(std::move(path));
}

}  // namespace isthmus
