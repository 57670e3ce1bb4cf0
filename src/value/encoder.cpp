#include <cmath>
#include <cstring>

#include "value/codec.h"

namespace isthmus {
namespace {

bool isInt32(double number) {
  return number >= -2147483648.0 && number <= 2147483647.0 && number == std::trunc(number) &&
         !(number == 0 && std::signbit(number));
}

}  // namespace

void Encoder::varint(std::uint32_t number) {
  while (number >= 0x80) {
    out_.push_back(static_cast<std::uint8_t>(number | 0x80U));
    number >>= 7U;
  }
  out_.push_back(static_cast<std::uint8_t>(number));
}

// Both sides are little endian: wasm by definition, and every machine the native build is made for.
void Encoder::float64(double number) {
  std::uint8_t bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out_.insert(out_.end(), std::begin(bytes), std::end(bytes));
}

void Encoder::zigzag(std::int32_t number) {
  const auto bits = static_cast<std::uint32_t>(number);
  varint((bits << 1U) ^ (number < 0 ? 0xFFFF'FFFFU : 0U));
}

void Encoder::text(std::string_view text) {
  varint(static_cast<std::uint32_t>(text.size()));
  out_.insert(out_.end(), text.begin(), text.end());
}

void Encoder::bytes(const Bytes& bytes) {
  varint(static_cast<std::uint32_t>(bytes.size()));
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void Encoder::number(double number) {
  if (isInt32(number)) {
    tag(Tag::Int);
    zigzag(static_cast<std::int32_t>(number));
  } else {
    tag(Tag::Double);
    float64(number);
  }
}

bool Encoder::scalar(const Value& value) {
  switch (value.kind()) {
    case Kind::Null:
      tag(Tag::Null);
      return true;
    case Kind::Boolean:
      tag(value.boolean() ? Tag::True : Tag::False);
      return true;
    case Kind::Number:
      number(value.number());
      return true;
    case Kind::String:
      tag(Tag::String);
      text(value.string());
      return true;
    default:
      return false;
  }
}

void Encoder::value(const Value& value) {
  if (scalar(value)) return;
  if (value.isArray()) {
    tag(Tag::Array);
    varint(static_cast<std::uint32_t>(value.items().size()));
    for (const auto& item : value.items()) this->value(item);
  } else {
    tag(Tag::Object);
    varint(static_cast<std::uint32_t>(value.members().size()));
    for (const auto& member : value.members()) {
      text(member.key.text());
      this->value(member.value);
    }
  }
}

Bytes encode(const Value& value) {
  Bytes bytes;
  Encoder(bytes).value(value);
  return bytes;
}

}  // namespace isthmus
