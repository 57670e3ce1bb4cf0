#include "value/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "value/object_builder.h"

namespace isthmus {
namespace {

using Json = nlohmann::ordered_json;

// Receives nlohmann's SAX events and keeps the open containers on a stack of its own.
class ValueSink final : public nlohmann::json_sax<Json> {
 public:
  explicit ValueSink(const Limits& limits) : limits_(limits), entriesLeft_(limits.entries) {}

  Result<Value> result() && {
    if (!error_) return std::move(root_);
    return std::move(*error_);
  }

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value(value)); }
  bool number_integer(number_integer_t value) override { return add(toNumber(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(toNumber(value)); }
  bool number_float(number_float_t value, const string_t&) override {
    if (!std::isfinite(value)) return fail("a number is out of range");
    return add(Value(value));
  }
  bool string(string_t& value) override { return fits(value) && add(Value(std::move(value))); }
  bool binary(binary_t&) override { return fail("binary values are not JSON"); }
  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& key) override {
    open_.back().keys.emplace_back(key);
    return fits(key);
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    return fail("not JSON at byte " + std::to_string(position));
  }

 private:
  struct Container {
    bool isObject;
    std::vector<Key> keys;
    Value::Items values;
  };

  template <typename Number>
  static Value toNumber(Number number) {
    return Value(static_cast<double>(number));
  }

  bool fail(std::string_view message, ErrorCode code = ErrorCode::Undecodable) {
    error_.emplace(code, message);
    return false;
  }

  bool beyond(std::string_view limit) {
    return fail("the JSON text exceeds the limit of " + std::string(limit),
                ErrorCode::LimitExceeded);
  }

  bool fits(const string_t& text) {
    return text.size() <= limits_.stringBytes || beyond("bytes in a string");
  }

  bool open(bool isObject) {
    if (open_.size() >= limits_.depth) return beyond("nested levels");
    open_.push_back({isObject, {}, {}});
    return true;
  }

  bool close() {
    Container done = std::move(open_.back());
    open_.pop_back();
    if (!done.isObject) return add(Value(std::move(done.values)));
    ObjectBuilder builder;
    for (std::size_t i = 0; i < done.keys.size(); ++i) {
      builder.set(done.keys[i], std::move(done.values[i]));
    }
    return add(std::move(builder).build());
  }

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (entriesLeft_-- == 0) {
      return beyond("entries");
    } else {
      open_.back().values.push_back(std::move(value));
    }
    return true;
  }

  Limits limits_;
  std::size_t entriesLeft_;
  Vector<Container> open_;
  Value root_;
  std::optional<Error> error_;
};

void write(const Value& value, std::string& out);

void writeString(std::string_view text, std::string& out) {
  out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void writeNumber(double number, std::string& out) {
  const bool integral = number == std::trunc(number) && std::abs(number) < 1e15;
  if (integral && !(number == 0 && std::signbit(number))) {
    out += std::to_string(static_cast<std::int64_t>(number));
  } else {
    out += Json(number).dump();
  }
}

void writeArray(const Value& value, std::string& out) {
  char separator = '[';
  for (const auto& item : value.items()) {
    out += std::exchange(separator, ',');
    write(item, out);
  }
  out += value.items().empty() ? "[]" : "]";
}

void writeObject(const Value& value, std::string& out) {
  char separator = '{';
  for (const auto& member : value.members()) {
    out += std::exchange(separator, ',');
    writeString(member.key.text(), out);
    out += ':';
    write(member.value, out);
  }
  out += value.members().empty() ? "{}" : "}";
}

void write(const Value& value, std::string& out) {
  switch (value.kind()) {
    case Kind::Null:
      out += "null";
      break;
    case Kind::Boolean:
      out += value.boolean() ? "true" : "false";
      break;
    case Kind::Number:
      writeNumber(value.number(), out);
      break;
    case Kind::String:
      writeString(value.string(), out);
      break;
    case Kind::Array:
      writeArray(value, out);
      break;
    case Kind::Object:
      writeObject(value, out);
  }
}

}  // namespace

Result<Value> parseJson(std::string_view text, const Limits& limits) {
  ValueSink sink(limits);
  Json::sax_parse(text, &sink);
  return std::move(sink).result();
}

std::string toJson(const Value& value) {
  std::string text;
  write(value, text);
  return text;
}

}  // namespace isthmus
