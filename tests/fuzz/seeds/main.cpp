// Writes what the fuzz target `definition` starts from: the definition and the actions of each JSON
// case with a program. Usage: fuzz_seeds <folder with the cases> <folder to write to>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "reducer/program.h"
#include "value/codec.h"
#include "value/json.h"
#include "value/object_builder.h"

using namespace isthmus;

namespace {

Value readCases(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto cases = parseJson(text);
  if (!cases) {
    std::cerr << path << ": " << cases.error().message << "\n";
    std::exit(1);
  }
  return std::move(cases).value();
}

Value definitionOf(const Value& example) {
  ObjectBuilder definition;
  definition.set("name", Value("case"));
  for (const char* const field : {"initialState", "reducers", "index"}) {
    if (const Value* const value = example.find(Key(field))) definition.set(field, *value);
  }
  return std::move(definition).build();
}

// The number by which the target finds an event's action type: reducers are in this very order.
std::uint32_t numberOf(const Value& reducers, const Key& event) {
  std::uint32_t number = 0;
  for (const auto& reducer : reducers.members()) {
    if (reducer.key == event) break;
    ++number;
  }
  return number;
}

Bytes seedOf(const Value& example) {
  Bytes bytes;
  Encoder encoder(bytes);
  encoder.value(definitionOf(example));
  const Value* const actions = example.find(Key("actions"));
  if (actions == nullptr) return bytes;
  for (const auto& action : actions->items()) {
    const Key event(action.find(Key("event"))->string());
    const Value* const payload = action.find(Key("payload"));
    encoder.varint(numberOf(*example.find(Key("reducers")), event));
    encoder.value(payload == nullptr ? Value() : *payload);
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: " << argv[0] << " <folder with the cases> <folder to write to>\n";
    return 2;
  }
  std::filesystem::create_directories(argv[2]);
  int count = 0;
  for (const char* const name : {"programs", "entities"}) {
    const Value cases = readCases(std::filesystem::path(argv[1]) / (std::string(name) + ".json"));
    for (const auto& example : cases.items()) {
      const Bytes bytes = seedOf(example);
      const auto file = std::string(name) + "_" + std::to_string(++count);
      std::ofstream(std::filesystem::path(argv[2]) / file, std::ios::binary)
          .write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    }
  }
  std::cout << "wrote " << count << " inputs\n";
}
