#include "contract/schema/uri.h"

#include "value/wtf8.h"

namespace isthmus {
namespace {

//   scheme:   //authority   path   ?query         each with its mark, or empty
struct Parts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view query;
};

std::string_view takeFirst(std::string_view& text, std::size_t length) {
  const auto first = text.substr(0, length);
  text.remove_prefix(first.size());
  return first;
}

Parts split(std::string_view uri) {
  Parts parts;
  const auto colon = uri.find_first_of(":/?");
  if (colon != uri.npos && colon > 0 && uri[colon] == ':') parts.scheme = takeFirst(uri, colon + 1);
  if (uri.substr(0, 2) == "//") parts.authority = takeFirst(uri, uri.find_first_of("/?", 2));
  parts.path = takeFirst(uri, uri.find('?'));
  parts.query = uri;
  return parts;
}

// 5.2.4: "." is left out, ".." takes the segment before it away.
std::string withoutDots(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const auto segment = takeFirst(path, path.find('/', 1));
    const auto name = segment.substr(segment.front() == '/' ? 1 : 0);
    if (name != "." && name != "..") {
      result += segment;
      continue;
    }
    if (name == "..") result.resize(result.rfind('/') == result.npos ? 0 : result.rfind('/'));
    if (path.empty()) result += '/';
  }
  return result;
}

std::string merge(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + std::string(path);
  const auto slash = base.path.rfind('/');
  const auto folder = slash == base.path.npos ? std::string_view() : base.path.substr(0, slash + 1);
  return std::string(folder) + std::string(path);
}

std::string joined(const Parts& parts, std::string_view path) {
  std::string uri;
  for (const auto part : {parts.scheme, parts.authority, path, parts.query}) uri += part;
  return uri;
}

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::string resolveUri(std::string_view baseUri, std::string_view reference) {
  const Parts base = split(baseUri);
  Parts target = split(reference);
  if (!target.scheme.empty()) return joined(target, withoutDots(target.path));
  target.scheme = base.scheme;
  if (!target.authority.empty()) return joined(target, withoutDots(target.path));
  target.authority = base.authority;
  if (target.path.empty()) {
    if (target.query.empty()) target.query = base.query;
    return joined(target, base.path);
  }
  if (target.path.front() == '/') return joined(target, withoutDots(target.path));
  return joined(target, withoutDots(merge(base, target.path)));
}

SplitUri splitFragment(std::string_view uri) {
  const auto mark = uri.find('#');
  if (mark == uri.npos) return {uri, {}};
  return {uri.substr(0, mark), uri.substr(mark + 1)};
}

std::optional<std::string> percentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hexadecimal(text[i + 1]);
    const int low = hexadecimal(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!isWtf8(decoded)) return std::nullopt;
  return decoded;
}

}  // namespace isthmus
