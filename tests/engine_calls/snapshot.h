#pragma once

#include <cstddef>
#include <vector>

namespace isthmus::calls {

struct MemoryPart {
  char* begin;
  char* end;
};

// Memory as it was at one moment. Whole pages are guarded until they are written for the first
// time, so that only those which ever were need putting back.
class Snapshot {
 public:
  explicit Snapshot(const std::vector<MemoryPart>& parts);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot() = delete;  // it lasts as long as the process

  void putBack() const;
  // Called when a write failed. False when that was no guarded page of this.
  bool open(const void* address);

 private:
  struct Piece {
    MemoryPart memory;
    std::vector<char> bytes;
    bool isGuarded;
  };

  void add(MemoryPart memory, bool isGuarded);

  std::vector<Piece> pieces_;
};

}  // namespace isthmus::calls
