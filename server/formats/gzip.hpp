// gzip (RFC 1952), whole or piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace qd::formats {

// Used by one thread at a time.
class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(Gzip&&) noexcept;

  void add(std::string_view bytes);
  void end();          // once; nothing is added behind it
  std::string take();  // what is ready, maybe nothing

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

std::string gzipped(std::string_view bytes);

}  // namespace qd::formats
