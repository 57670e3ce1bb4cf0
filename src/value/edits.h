#pragma once

#include "value/codec.h"
#include "value/draft.h"

namespace isthmus {

// What a function in JavaScript has made of a value (web/draft), as operations on it in their
// order. It costs what was touched, whatever the size of the value:
//
//   edits  := op*, varint 4
//   op     := varint 0 put, path, source                   its parent is there
//           | varint 1 remove, path
//           | varint 2 arrange, path, varint count, piece*  an array, told anew by what it was
//           | varint 3 save, path                          under the next number, from 1 on
//   source := varint 0, value
//           | varint 1, path                               of the value as it was before all edits
//           | varint 2, varint number                      of what was saved
//           | varint 3, varint count, (string, source)*    a new object
//           | varint 4, varint count, source*              a new array
//   piece  := varint 0, varint from, varint to             elements of what it was
//           | varint count, source*                        others
//   path   := varint count, (varint 0, string | varint index + 1)*
//
// Parts that no operation touches, and those that equal what stood there, keep their nodes.
class Edits {
 public:
  Edits(Decoder& decoder, const Value& before)
      : decoder_(decoder), before_(before), draft_(before) {}

  // Errors: Undecodable for what is no edit of this value, LimitExceeded for what lies too deep.
  Result<Value> apply() &&;

 private:
  struct Source {
    Value value = {};
    bool isNew = false;
  };
  struct Range {
    std::size_t begin;
    std::size_t end;
  };
  struct Piece {
    std::size_t from = 0;
    std::size_t to = 0;
    Vector<Value> others = {};
  };

  bool hasFailed() const { return decoder_.hasFailed(); }
  // The first failure, of reading or of what was read, is the decoder's.
  void keep(Status status);
  void fail(const char* what, const Path& path = {});
  void applyOne(std::uint32_t op);
  void put(const Path& path);
  void arrange(const Path& path);
  void save(const Path& path);
  Path path();
  Source source(std::size_t depth = 0);
  Source objectOf(std::uint32_t count, std::size_t depth);
  Source arrayOf(std::uint32_t count, std::size_t depth);
  Vector<Piece> pieces(std::size_t size);
  void readRange(Piece& piece, std::size_t size);
  Status splice(const Path& path, std::size_t size, const Vector<Piece>& pieces);
  Status replace(const Path& array, Range range, const Vector<Value>& others);
  static Value arranged(const Value& array, const Vector<Piece>& pieces);

  Decoder& decoder_;
  const Value& before_;
  Draft draft_;
  Vector<Value> saved_;
};

}  // namespace isthmus
