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

void Writer::varint(std::uint32_t number) {
  while (number >= 0x80) {
    out_.push_back(static_cast<std::uint8_t>(number | 0x80U));
    number >>= 7U;
  }
  out_.push_back(static_cast<std::uint8_t>(number));
}

// Both sides are little endian: wasm by definition, and every machine the native build is made for.
void Writer::float64(double number) {
  std::uint8_t bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out_.insert(out_.end(), std::begin(bytes), std::end(bytes));
}

void Writer::zigzag(std::int32_t number) {
  const auto bits = static_cast<std::uint32_t>(number);
  varint((bits << 1U) ^ (number < 0 ? 0xFFFF'FFFFU : 0U));
}

void Writer::text(std::string_view text) {
  varint(static_cast<std::uint32_t>(text.size()));
  out_.insert(out_.end(), text.begin(), text.end());
}

void Writer::bytes(const Bytes& bytes) {
  varint(static_cast<std::uint32_t>(bytes.size()));
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void Writer::number(double number) {
  if (isInt32(number)) {
    tag(Tag::Int);
    zigzag(static_cast<std::int32_t>(number));
  } else {
    tag(Tag::Double);
    float64(number);
  }
}

bool Writer::scalar(const Value& value) {
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

void Writer::value(const Value& value) {
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
  Writer(bytes).value(value);
  return bytes;
}

}  // namespace isthmus
