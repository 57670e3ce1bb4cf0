#include "log/envelope.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "log/action_keys.h"
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
  const Value* const type = value.find(typeKey());
  const Value* const meta = value.find(metaKey());
  return type != nullptr && type->isString() && !type->string().empty() &&
         (meta == nullptr || meta->isObject());
}

namespace {

constexpr double kProtocol = 1;
constexpr double kBinaryForm = 1;
constexpr std::size_t kLongestSender = 64;
constexpr std::size_t kMostShapes = 7;
constexpr std::size_t kMostCauses = 64;

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

bool isCause(const Value& value) {
  return value.isArray() && value.items().size() == 2 && value.items()[0].isString() &&
         !value.items()[0].string().empty() && isWhole(value.items()[1], 1);
}
bool isCauses(const Value& value) {
  return value.isArray() && value.items().size() <= kMostCauses &&
         std::all_of(value.items().begin(), value.items().end(), isCause);
}

struct Field {
  std::string_view name;
  bool isRequired;
  bool (*holds)(const Value&);
  std::string_view rule;
};

enum FieldIndex : std::uint8_t {
  Isthmus,
  Binary,
  Sender,
  From,
  Seq,
  Clock,
  Wall,
  SchemaVersion,
  Action,
  Shapes,
  After,
  First,
  Count
};

// In the order of `toValue`.
constexpr std::array<Field, FieldIndex::Count> kFields{{
    {"isthmus", true, isProtocol, "1; the message is of another protocol"},
    {"binary", false, isCount, "a whole number from 0 to 2^53 - 1"},
    {"sender", true, isSender, "a string of 1 to 64 bytes"},
    {"from", true, isText, "a string"},
    {"seq", true, isCount, "a whole number from 0 to 2^53 - 1"},
    {"clock", true, isClock, "a time in milliseconds, 0 or more"},
    {"wall", false, isClock, "a time in milliseconds, 0 or more"},
    {"schemaVersion", false, isVersion, "a whole number, 1 or more"},
    {"action", true, isAction,
     "an object with a type, which is a string, and with an object as meta"},
    {"shapes", false, isShapes, "an array of at most 7 objects with a schemaVersion"},
    {"after", false, isCauses, "an array of at most 64 pairs of a string and a whole number"},
    {"first", false, isVersion, "a whole number, 1 or more"},
}};

// Its key, looked up once.
const Key& keyOf(std::size_t field) {
  static const auto* const keys = [] {
    auto* const all = new std::array<Key, FieldIndex::Count>;
    for (std::size_t i = 0; i < all->size(); ++i) (*all)[i] = Key(kFields[i].name);
    return all;
  }();
  return (*keys)[field];
}

// Null for a field that is absent: no field may be null.
using Fields = std::array<Value, FieldIndex::Count>;

Error wrong(const Field& field) {
  return {ErrorCode::Undecodable,
          "the envelope's '" + std::string(field.name) + "' must be " + std::string(field.rule),
          "/" + std::string(field.name)};
}

Result<Fields> fieldsOf(const Value& message) {
  if (!message.isObject()) return Error{ErrorCode::Undecodable, "the message is not an envelope"};
  Fields fields;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const Value* const value = message.find(keyOf(i));
    if (value == nullptr ? kFields[i].isRequired : !kFields[i].holds(*value)) {
      return wrong(kFields[i]);
    }
    if (value != nullptr) fields[i] = *value;
  }
  return fields;
}

std::vector<Shape> readShapes(const Value& shapes) {
  std::vector<Shape> all;
  if (shapes.isNull()) return all;
  for (const auto& item : shapes.items()) {
    const Value* const payload = item.find(payloadKey());
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

std::optional<std::vector<Cause>> readCauses(const Value& after) {
  if (after.isNull()) return std::nullopt;
  std::vector<Cause> causes;
  for (const auto& item : after.items()) {
    causes.push_back({Text(item.items()[0]), static_cast<std::uint64_t>(item.items()[1].number())});
  }
  return causes;
}

Value toValue(const std::vector<Cause>& causes) {
  Value::Items all;
  for (const auto& [row, seq] : causes) {
    all.push_back(Value(Value::Items{row.value(), Value(static_cast<double>(seq))}));
  }
  return Value(std::move(all));
}

Envelope envelopeOf(const Fields& fields) {
  const Value& version = fields[FieldIndex::SchemaVersion];
  const Value& wall = fields[FieldIndex::Wall];
  const Value& first = fields[FieldIndex::First];
  return {Text(fields[FieldIndex::Sender]),
          Text(fields[FieldIndex::From]),
          static_cast<std::uint64_t>(fields[FieldIndex::Seq].number()),
          fields[FieldIndex::Clock].number(),
          wall.isNull() ? std::nullopt : std::optional(wall.number()),
          version.isNull() ? 1 : static_cast<std::uint64_t>(version.number()),
          fields[FieldIndex::Action],
          readShapes(fields[FieldIndex::Shapes]),
          readCauses(fields[FieldIndex::After]),
          first.isNull() ? 1 : static_cast<std::uint64_t>(first.number())};
}

const Value& partOf(const Envelope& envelope, std::size_t field) {
  static const Value kNothing;
  if (field == FieldIndex::Sender) return envelope.sender.value();
  if (field == FieldIndex::From) return envelope.from.value();
  return field == FieldIndex::Action ? envelope.action : kNothing;
}

// Reads the members of an envelope's object, which is one level deep.
std::optional<Fields> orderedMembers(Decoder decoder, std::uint32_t count,
                                     const Envelope& earlier) {
  Fields fields;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (count == 0 || !decoder.takeText(kFields[i].name)) {
      if (kFields[i].isRequired) return std::nullopt;
      continue;
    }
    auto value = decoder.valueLike(partOf(earlier, i));
    if (!value || !kFields[i].holds(value.value())) return std::nullopt;
    fields[i] = std::move(value).value();
    --count;
  }
  return count == 0 && decoder.atEnd() ? std::optional(std::move(fields)) : std::nullopt;
}

std::optional<Fields> orderedFields(std::span<const std::uint8_t> bytes, const Limits& limits,
                                    const Envelope& earlier) {
  Decoder head(bytes, limits);
  const auto tag = head.varint();
  if (!tag || tag.value() != static_cast<std::uint32_t>(Tag::Object)) return std::nullopt;
  const auto count = head.varint();
  if (!count || count.value() > FieldIndex::Count || count.value() > limits.entries ||
      limits.depth == 0)
    return std::nullopt;
  const Limits below{limits.depth - 1, limits.entries - count.value(), limits.stringBytes};
  return orderedMembers(Decoder(head.rest(), below), count.value(), earlier);
}

}  // namespace

std::string_view Envelope::type() const { return action.find(typeKey())->string(); }

Result<Envelope> readEnvelope(const Value& message) {
  auto fields = fieldsOf(message);
  if (!fields) return std::move(fields.error());
  return envelopeOf(fields.value());
}

std::optional<Envelope> readOrdered(std::span<const std::uint8_t> bytes, const Limits& limits,
                                    const Envelope& earlier) {
  auto fields = orderedFields(bytes, limits, earlier);
  return fields ? std::optional(envelopeOf(*fields)) : std::nullopt;
}

std::string_view peekSender(std::span<const std::uint8_t> bytes) {
  Decoder decoder(bytes, {.depth = 0, .entries = 0});
  const auto skip = [&](Tag expected) {
    const auto read = decoder.varint();
    return read && read.value() == static_cast<std::uint32_t>(expected);
  };
  const auto key = [&] {
    const auto read = decoder.text();
    return read ? read.value() : std::string_view();
  };
  if (!skip(Tag::Object) || !decoder.varint() || key() != "isthmus" || !decoder.value()) return {};
  auto name = key();
  if (name == "binary" && decoder.value()) name = key();
  return name == "sender" && skip(Tag::String) ? key() : std::string_view();
}

Value toValue(const Envelope& envelope) {
  ObjectBuilder message;
  message.reserve(FieldIndex::Count);
  const auto set = [&](FieldIndex field, Value value) {
    message.set(keyOf(field), std::move(value));
  };
  set(FieldIndex::Isthmus, Value(kProtocol));
  set(FieldIndex::Binary, Value(kBinaryForm));
  set(FieldIndex::Sender, envelope.sender.value());
  set(FieldIndex::From, envelope.from.value());
  set(FieldIndex::Seq, Value(static_cast<double>(envelope.seq)));
  set(FieldIndex::Clock, Value(envelope.clock));
  if (envelope.wall) set(FieldIndex::Wall, Value(*envelope.wall));
  set(FieldIndex::SchemaVersion, Value(static_cast<double>(envelope.schemaVersion)));
  set(FieldIndex::Action, envelope.action);
  if (!envelope.shapes.empty()) set(FieldIndex::Shapes, toValue(envelope.shapes));
  if (envelope.after) set(FieldIndex::After, toValue(*envelope.after));
  if (envelope.first > 1) {
    set(FieldIndex::First, Value(static_cast<double>(envelope.first)));
  }
  return std::move(message).build();
}

}  // namespace isthmus
