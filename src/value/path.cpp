#include "value/path.h"

namespace isthmus {
namespace {

Error badPointer(std::string_view reason) {
  return {ErrorCode::InvalidPath, "not a JSON Pointer: " + std::string(reason)};
}

Result<std::string> unescape(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      text += token[i];
      continue;
    }
    const char next = ++i < token.size() ? token[i] : '\0';
    if (next != '0' && next != '1') return badPointer("'~' must be followed by 0 or 1");
    text += next == '0' ? '~' : '/';
  }
  return text;
}

}  // namespace

Result<Path> parsePointer(std::string_view pointer) {
  Path path;
  if (pointer.empty()) return path;
  if (pointer.front() != '/') return badPointer("it must be empty or begin with '/'");
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto length = std::min(pointer.find('/'), pointer.size());
    auto token = unescape(pointer.substr(0, length));
    if (!token) return token.pass();
    path.emplace_back(token.value());
    pointer.remove_prefix(length);
  }
  return path;
}

std::string toPointer(const Path& path) {
  std::string pointer;
  for (const auto& key : path) {
    pointer += '/';
    for (const char c : key.text()) {
      if (c == '~') {
        pointer += "~0";
      } else if (c == '/') {
        pointer += "~1";
      } else {
        pointer += c;
      }
    }
  }
  return pointer;
}

HeapError below(const Key& key, HeapError error) {
  error->where.insert(0, toPointer({key}));
  return error;
}

HeapError below(const Key& key, Error&& error) { return below(key, toHeap(std::move(error))); }

const Value* find(const Value& root, const Path& path) {
  const Value* at = &root;
  for (const auto& key : path) {
    at = at->find(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace isthmus
