#include "bridge/mark.h"

#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr std::string_view kBridged = "__bridged__";

const Value* findInMeta(const Value& action, std::string_view name) {
  const Value* const meta = action.isObject() ? action.find(Key("meta")) : nullptr;
  return meta != nullptr && meta->isObject() ? meta->find(Key(name)) : nullptr;
}

Value withMember(const Value& object, std::string_view name, Value member) {
  ObjectBuilder builder;
  builder.reserve(object.members().size() + 1);
  for (const auto& [key, value] : object.members()) builder.set(key, value);
  builder.set(name, std::move(member));
  return std::move(builder).build();
}

}  // namespace

bool isMarked(const Value& action) {
  const Value* const mark = findInMeta(action, "crossApp");
  return mark != nullptr && mark->isBoolean() && mark->boolean();
}

bool isBridged(const Value& action) {
  const Value* const origin = findInMeta(action, "origin");
  return origin != nullptr && origin->isString() && origin->string() == kBridged;
}

Value markBridged(const Value& action) {
  const Value* const sent = action.find(Key("meta"));
  const Value meta = sent == nullptr ? Value(Value::Members{}) : *sent;
  const Value marked = withMember(meta, "crossApp", Value(true));
  return withMember(action, "meta", withMember(marked, "origin", Value(kBridged)));
}

}  // namespace isthmus
