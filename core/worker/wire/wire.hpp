// The bytes between the server and a worker: frames, and how values are laid out in them. Both
// sides run on one machine and are the same program, so numbers travel as they lie in memory.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace qd::worker::wire {

enum class FrameKind : std::uint32_t {
  // to the worker
  kRun = 1,
  kTexts,  // what the dictionary has grown by
  kBatch,
  kEnd,      // of all inputs
  kExamine,  // instead of a run: is the sandbox in force here?
  // from the worker
  kNotes = 101,
  kBreakdowns,
  kFacts,
  kMembers,  // of the distinct counts among all facts
  kTrace,
  kLayers,  // those in force
  kStatus,  // always the last
};

constexpr std::uint32_t kFrameMark = 0x31574451;  // "QDW1": tells a frame from stray output

struct FrameHead {
  std::uint32_t mark = kFrameMark;
  FrameKind kind{};
  std::uint64_t length = 0;  // bytes that follow
};
static_assert(sizeof(FrameHead) == 16);

// Appends values to bytes.
class Encoder {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view text);
  template <class T>
  void array(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    number<std::uint64_t>(values.size());
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Takes values out of bytes it does not trust. After the first value that does not fit, every
// further one is zero or empty and complete() is false: check once, at the end.
class Decoder {
 public:
  explicit Decoder(std::span<const char> bytes) : rest_(bytes) {}

  template <class T>
  T number() {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    T value{};
    const auto bytes = take(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string text();
  template <class T>
  std::vector<T> array() {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto count = elements(sizeof(T));
    const auto bytes = take(count * sizeof(T));
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }
  // How many elements follow, each of at least so many bytes; 0 when they cannot all be there.
  std::size_t elements(std::size_t at_least_bytes);
  // The next bytes as they are; empty when there are not so many.
  std::span<const char> take(std::size_t count);

  bool intact() const { return intact_; }
  bool complete() const { return intact_ && rest_.empty(); }

 private:
  std::span<const char> rest_;
  bool intact_ = true;
};

}  // namespace qd::worker::wire
