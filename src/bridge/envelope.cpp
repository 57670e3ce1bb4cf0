#include "bridge/envelope.h"

#include <algorithm>
#include <cmath>

#include "value/codec.h"
#include "value/object_builder.h"

namespace isthmus {
namespace {

constexpr double kLargestInteger = 9007199254740991;  // Number.MAX_SAFE_INTEGER

bool isWhole(const Value& value, double atLeast) {
  return value.isNumber() && value.number() >= atLeast && value.number() <= kLargestInteger &&
         value.number() == std::trunc(value.number());
}

}  // namespace

bool isVersion(const Value& value) { return isWhole(value, 1); }

bool isAction(const Value& value) {
  if (!value.isObject()) return false;
  const Value* const type = value.find(Key("type"));
  const Value* const meta = value.find(Key("meta"));
  return type != nullptr && type->isString() && !type->string().empty() &&
         (meta == nullptr || meta->isObject());
}

namespace {

constexpr double kProtocol = 1;
constexpr std::size_t kLongestSender = 64;
constexpr std::size_t kMostShapes = 7;

bool isProtocol(const Value& value) { return value.isNumber() && value.number() == kProtocol; }
bool isSender(const Value& value) {
  return value.isString() && !value.string().empty() && value.string().size() <= kLongestSender;
}
bool isText(const Value& value) { return value.isString(); }
bool isCount(const Value& value) { return isWhole(value, 0); }
bool isClock(const Value& value) {
  return value.isNumber() && std::isfinite(value.number()) && value.number() >= 0;
}
bool isShape(const Value& value) {
  const Value* const version = value.isObject() ? value.find(Key("schemaVersion")) : nullptr;
  return version != nullptr && isVersion(*version);
}
bool isShapes(const Value& value) {
  return value.isArray() && value.items().size() <= kMostShapes &&
         std::all_of(value.items().begin(), value.items().end(), isShape);
}

struct Field {
  std::string_view name;
  bool isRequired;
  bool (*holds)(const Value&);
  std::string_view rule;
};

constexpr Field kFields[] = {
    {"isthmus", true, isProtocol, "1; the message is of another protocol"},
    {"sender", true, isSender, "a string of 1 to 64 bytes"},
    {"from", true, isText, "a string"},
    {"seq", true, isCount, "a whole number from 0 to 2^53 - 1"},
    {"clock", true, isClock, "a time in milliseconds, 0 or more"},
    {"schemaVersion", false, isVersion, "a whole number, 1 or more"},
    {"action", true, isAction,
     "an object with a type, which is a string, and with an object as meta"},
    {"shapes", false, isShapes, "an array of at most 7 objects with a schemaVersion"},
};

Status checkFields(const Value& message) {
  if (!message.isObject()) return Error{ErrorCode::Undecodable, "the message is not an envelope"};
  for (const auto& field : kFields) {
    const Value* const value = message.find(Key(field.name));
    if (value == nullptr ? !field.isRequired : field.holds(*value)) continue;
    return Error{
        ErrorCode::Undecodable,
        "the envelope's '" + std::string(field.name) + "' must be " + std::string(field.rule),
        "/" + std::string(field.name)};
  }
  return Done{};
}

std::vector<Shape> readShapes(const Value* shapes) {
  std::vector<Shape> all;
  if (shapes == nullptr) return all;
  for (const auto& item : shapes->items()) {
    const Value* const payload = item.find(Key("payload"));
    all.push_back({static_cast<std::uint64_t>(item.find(Key("schemaVersion"))->number()),
                   payload == nullptr ? std::nullopt : std::optional(*payload)});
  }
  return all;
}

Value toValue(const std::vector<Shape>& shapes) {
  Value::Items all;
  for (const auto& [version, payload] : shapes) {
    ObjectBuilder shape;
    shape.set("schemaVersion", Value(static_cast<double>(version)));
    if (payload) shape.set("payload", *payload);
    all.push_back(std::move(shape).build());
  }
  return Value(std::move(all));
}

}  // namespace

std::string Envelope::type() const { return std::string(action.find(Key("type"))->string()); }

Result<Envelope> readEnvelope(const Value& message) {
  if (auto status = checkFields(message); !status) return std::move(status.error());
  const auto field = [&](std::string_view name) { return message.find(Key(name)); };
  const Value* const version = field("schemaVersion");
  return Envelope{std::string(field("sender")->string()),
                  std::string(field("from")->string()),
                  static_cast<std::uint64_t>(field("seq")->number()),
                  field("clock")->number(),
                  version == nullptr ? 1 : static_cast<std::uint64_t>(version->number()),
                  *field("action"),
                  readShapes(field("shapes"))};
}

std::string_view peekSender(std::span<const std::uint8_t> bytes) {
  Reader reader(bytes, {.depth = 0, .entries = 0});
  const auto skip = [&](std::uint32_t expected) {
    const auto read = reader.varint();
    return read && read.value() == expected;
  };
  const auto isText = [&](std::string_view expected) {
    const auto read = reader.text();
    return read && read.value() == expected;
  };
  const bool isEnvelope = skip(static_cast<std::uint32_t>(Tag::Object)) && reader.varint() &&
                          isText("isthmus") && reader.value() && isText("sender") &&
                          skip(static_cast<std::uint32_t>(Tag::String));
  if (!isEnvelope) return {};
  const auto sender = reader.text();
  return sender ? sender.value() : std::string_view();
}

Value toValue(const Envelope& envelope) {
  ObjectBuilder message;
  message.set("isthmus", Value(kProtocol));
  message.set("sender", Value(envelope.sender));
  message.set("from", Value(envelope.from));
  message.set("seq", Value(static_cast<double>(envelope.seq)));
  message.set("clock", Value(envelope.clock));
  message.set("schemaVersion", Value(static_cast<double>(envelope.schemaVersion)));
  message.set("action", envelope.action);
  if (!envelope.shapes.empty()) message.set("shapes", toValue(envelope.shapes));
  return std::move(message).build();
}

}  // namespace isthmus
