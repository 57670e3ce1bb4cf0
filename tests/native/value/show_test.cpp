#include <algorithm>
#include <map>

#include "native/value/json_literal.h"
#include "value/codec.h"
#include "value/draft.h"
#include "value/node_ids.h"
#include "value/shapes.h"

using namespace isthmus;

namespace {

// Reads what is shown, as the decoder in web/engine does, and retells it: "#1{a:true b:#2[]}", with
// "#3" alone for a reference and "map #4" for a map. Runs stand in parentheses; ids are counted in
// the order in which they are met.
class Retelling {
 public:
  std::string of(const Value& value) {
    Bytes bytes;
    Encoder(bytes).showState(value);
    begin(bytes);
    return element();
  }

  std::string ofMembers(const Value& object) {
    Bytes bytes;
    Encoder(bytes).showMembers(object);
    begin(bytes);
    const auto keys = texts(varint());
    return keys.front() + ".." + keys.back() + list(static_cast<std::uint32_t>(keys.size()));
  }

  std::size_t size() const { return bytes_.size(); }

 private:
  void begin(const Bytes& bytes) {
    bytes_ = bytes;
    at_ = 0;
  }

  std::uint32_t varint() {
    const std::span<const std::uint8_t> bytes = bytes_;
    Decoder decoder(bytes.subspan(at_), {});
    const auto number = decoder.varint().value();
    at_ += number < 0x80          ? 1
           : number < 0x4000      ? 2
           : number < 0x20'0000   ? 3
           : number < 0x1000'0000 ? 4
                                  : 5;
    return number;
  }

  std::vector<std::string> texts(std::uint32_t count) {
    std::vector<std::string> texts;
    while (count-- > 0) {
      const auto size = varint();
      texts.emplace_back(reinterpret_cast<const char*>(bytes_.data() + at_), size);
      at_ += size;
    }
    return texts;
  }

  std::string nameOf(NodeId id) {
    const auto [name, isNew] = names_.try_emplace(id, names_.size() + 1);
    return "#" + std::to_string(name->second);
  }
  std::string id() { return nameOf(varint()); }

  std::string element() {
    switch (static_cast<Tag>(bytes_[at_++])) {
      case Tag::True:
        return "true";
      case Tag::Reference:
        return id();
      case Tag::ShownArray: {
        const auto name = id();
        return name + list(varint());
      }
      case Tag::ShownObject: {
        const auto name = id();
        return name + object();
      }
      case Tag::Map: {
        const auto name = id();
        varint();  // its place
        return "map " + name;
      }
      case Tag::ChangedArray: {
        const auto name = id();
        return name + changes();
      }
      default:
        return "?";
    }
  }

  std::string changes() {
    std::string text = "=" + id();
    text += " of " + std::to_string(varint());
    for (auto left = varint(); left > 0; --left) {
      text += " " + std::to_string(varint()) + ":";
      text += element();
    }
    return text;
  }

  std::string list(std::uint32_t count) {
    std::string text;
    while (count > 0) {
      text += text.empty() ? "" : " ";
      if (static_cast<Tag>(bytes_[at_]) == Tag::References) {
        text += "(" + run(count) + ")";
      } else {
        text += element();
        --count;
      }
    }
    return "[" + text + "]";
  }

  std::string run(std::uint32_t& left) {
    ++at_;
    const auto size = varint();
    NodeId at = varint();
    std::string text = nameOf(at);
    for (std::uint32_t i = 1; i < size; ++i) {
      const auto step = varint();
      at += step % 2 == 0 ? step / 2 : ~(step / 2);
      text += " " + nameOf(at);
    }
    left -= size;
    return text;
  }

  std::string object() {
    const auto number = varint();
    if (number % 2 == 1) shapes_[number / 2] = texts(varint());
    std::string text;
    for (const auto& key : shapes_.at(number / 2)) {
      text += (text.empty() ? "" : " ") + key + ":";
      text += element();
    }
    return "{" + text + "}";
  }

  Bytes bytes_;
  std::size_t at_ = 0;
  std::map<NodeId, std::size_t> names_;
  // As told to whoever reads: it must be kept between answers.
  static inline std::map<std::uint32_t, std::vector<std::string>> shapes_;
};

Value arrayOf(std::size_t size) {
  Value::Items items;
  for (std::size_t i = 0; i < size; ++i) items.push_back("[]"_json);
  return Value(std::move(items));
}

Value objectOf(std::size_t members, const Value& value) {
  Value::Members list;
  for (std::size_t i = 0; i < members; ++i) list.push_back({Key("k" + std::to_string(i)), value});
  return Value(std::move(list));
}

}  // namespace

TEST_CASE("a node is shown in full once, and by its id from then on") {
  const Value shared = "[true]"_json;
  const Value pair(Value::Items{shared, shared});
  Retelling retell;
  CHECK(retell.of(pair) == "#1[#2[true] (#2)]");
  CHECK(retell.of(pair) == "#1");
  CHECK(retell.of(shared) == "#2");
}

TEST_CASE("neighbours that were seen are told as one run, whatever the steps between their ids") {
  Value::Items items;
  for (int i = 0; i < 6; ++i) items.push_back("[]"_json);
  Retelling retell;
  CHECK(retell.of(Value(items)) == "#1[#2[] #3[] #4[] #5[] #6[] #7[]]");
  std::swap(items[0], items[5]);
  items[3] = Value(true);
  CHECK(retell.of(Value(items)) == "#8[(#7 #3 #4) true (#6 #2)]");
}

TEST_CASE("elements that were seen take about a byte each") {
  Value::Items items;
  for (int i = 0; i < 1000; ++i) items.push_back("[true]"_json);
  Retelling retell;
  retell.of(Value(items));
  std::reverse(items.begin(), items.end());
  retell.of(Value(items));
  CHECK(retell.size() < 1100);
}

TEST_CASE("a changed copy of a large array is told by its changes") {
  Draft draft(arrayOf(100));
  Retelling retell;
  const auto told = retell.of(draft.root());
  CHECK(told.substr(0, 6) == "#1[#2[");
  REQUIRE(draft.put({Key("50")}, Value(true)).ok());
  CHECK(retell.of(draft.root()) == "#102=#1 of 100 50:true");
  REQUIRE(draft.push({}, Value(true)).ok());
  REQUIRE(draft.push({}, "[]"_json).ok());
  CHECK(retell.of(draft.root()) == "#103=#102 of 102 100:true 101:#104[]");
  REQUIRE(draft.remove({Key("101")}).ok());
  CHECK(retell.of(draft.root()) == "#105=#103 of 101");
}

TEST_CASE("an array that has little in common with those shown before is told in full") {
  Retelling retell;
  retell.of(arrayOf(100));
  CHECK(retell.of(arrayOf(100)).find('=') == std::string::npos);
  CHECK(retell.of("[]"_json).find('=') == std::string::npos);
}

TEST_CASE("an array is not told by the changes of one around it, which is not there yet") {
  const Value zero(0.0);
  Value::Items items(100, zero);
  items[10] = Value(Value::Items(100, zero));
  const Value outer(std::move(items));
  RecentArrays::forget();
  Retelling retell;
  CHECK(retell.of(outer).find('=') == std::string::npos);
  Draft draft(outer);
  REQUIRE(draft.put({Key("50")}, Value(true)).ok());
  CHECK(retell.of(draft.root()) == "#3=#1 of 100 50:true");
}

TEST_CASE("arrays that are held so that copies of them can be told are few, and can be let go") {
  RecentArrays::forget();
  std::vector<NodeId> ids;
  for (std::size_t i = 0; i < RecentArrays::kHeld + 1; ++i) {
    const Value array = arrayOf(100);
    Retelling().of(array);
    ids.push_back(NodeIds::expose(array));
  }
  CHECK_FALSE(NodeIds::find(ids.front()).has_value());
  CHECK(NodeIds::find(ids.back()).has_value());
  RecentArrays::forget();
  CHECK_FALSE(NodeIds::find(ids.back()).has_value());
}

TEST_CASE("objects with the same keys tell them once, in whatever answers they are") {
  Retelling retell;
  CHECK(retell.of(R"([{ "kind": true, "of": [] }, { "kind": [], "of": true }])"_json) ==
        "#1[#2{kind:true of:#3[]} #4{kind:#5[] of:true}]");
  const auto first = retell.size();
  CHECK(retell.of(R"({ "kind": true, "of": true })"_json) == "#6{kind:true of:true}");
  CHECK(retell.size() < 16);
  CHECK(first > 16);
  CHECK(retell.of(R"({ "of": true, "kind": true })"_json) == "#7{of:true kind:true}");
  CHECK(retell.of("{}"_json) == "#8{}");
}

TEST_CASE("more kinds of objects than there are places are told correctly") {
  Retelling retell;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 3 * Shapes::kPlaces; ++i) {
      const auto key = "key" + std::to_string(i);
      Value object(Value::Members{{Key(key), Value(true)}});
      const auto told = retell.of(object);
      CHECK(told.substr(told.find('{')) == "{" + key + ":true}");
    }
  }
}

TEST_CASE("an object of more than kMapMembers members is a map, told by its id alone") {
  Retelling retell;
  const auto flat = retell.of(objectOf(kMapMembers, Value(true)));
  CHECK(flat.substr(0, 11) == "#1{k0:true ");
  const Value map = objectOf(kMapMembers + 1, "[true]"_json);
  CHECK(retell.of(map) == "map #2");
  CHECK(retell.of(map) == "map #2");
  CHECK(retell.of(Value(Value::Items{map, map})) == "#3[map #2 map #2]");
  const auto members = retell.ofMembers(map);
  CHECK(members.substr(0, 24) == "k0..k64[#4[true] (#4 #4 ");
  NodeIds::unpin(NodeIds::idOf(map));
}

TEST_CASE("a map lives as long as it is pinned") {
  NodeIds::takeReleased();
  NodeId id = 0;
  {
    const Value map = objectOf(kMapMembers + 1, Value(true));
    Retelling().of(map);
    id = NodeIds::expose(map);
  }
  REQUIRE(NodeIds::find(id).has_value());
  CHECK(NodeIds::find(id)->members().size() == kMapMembers + 1);
  CHECK(NodeIds::takeReleased().empty());
  NodeIds::unpin(id);
  CHECK_FALSE(NodeIds::find(id).has_value());
  CHECK(NodeIds::takeReleased() == std::vector<NodeId>{id});
}
