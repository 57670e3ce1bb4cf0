#include "bridge/mark.h"

#include "log/action_keys.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr std::string_view kBridged = "__bridged__";

const Value* findInMeta(const Value& action, const Key& key) {
  const Value* const meta = action.isObject() ? action.find(metaKey()) : nullptr;
  return meta != nullptr && meta->isObject() ? meta->find(key) : nullptr;
}

Value withMember(const Value& object, const Key& name, Value member) {
  ObjectBuilder builder;
  builder.reserve(object.members().size() + 1);
  for (const auto& [key, value] : object.members()) builder.set(key, value);
  builder.set(name, std::move(member));
  return std::move(builder).build();
}

Value withMarks(const Value& meta) {
  return withMember(withMember(meta, crossAppKey(), Value(true)), originKey(), Value(kBridged));
}

}  // namespace

bool isMarked(const Value& action) {
  const Value* const mark = findInMeta(action, crossAppKey());
  return mark != nullptr && mark->isBoolean() && mark->boolean();
}

bool isBridged(const Value& action) {
  const Value* const origin = findInMeta(action, originKey());
  return origin != nullptr && origin->isString() && origin->string() == kBridged;
}

Value markCrossing(const Value& action) {
  if (isMarked(action)) return action;
  static const auto* const plain =
      new Value(withMember(Value(Value::Members{}), crossAppKey(), Value(true)));
  const Value* const meta = action.find(metaKey());
  return withMember(action, metaKey(),
                    meta == nullptr ? *plain : withMember(*meta, crossAppKey(), Value(true)));
}

Value bridgedMeta(const Value& action) {
  const Value* const sent = action.find(metaKey());
  const bool isPlain = sent == nullptr || (sent->members().size() == 1 && isMarked(action));
  static const auto* const plain =
      new Value(withMarks(Value(Value::Members{})));  // what nearly every action has
  return isPlain ? *plain : withMarks(*sent);
}

Value markBridged(const Value& action) {
  return withMember(action, metaKey(), bridgedMeta(action));
}

}  // namespace isthmus
