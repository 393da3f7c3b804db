#include "server/formats/gzip.hpp"

#include <Poco/DeflatingStream.h>

#include <sstream>
#include <utility>

namespace qd::formats {

// Figures are alike: the fastest level leaves a tenth of them.
constexpr int kLevel = 1;
constexpr int kWindowBits = 15 + 16;  // 16: with gzip's head and tail

struct Gzip::Parts {
  std::ostringstream out;
  Poco::DeflatingOutputStream deflating{out, kWindowBits, kLevel};
};

Gzip::Gzip() : parts_(std::make_unique<Parts>()) {}
Gzip::~Gzip() = default;
Gzip::Gzip(Gzip&&) noexcept = default;

void Gzip::add(std::string_view bytes) {
  parts_->deflating.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
void Gzip::end() { parts_->deflating.close(); }
std::string Gzip::take() {
  std::string ready = std::move(parts_->out).str();
  parts_->out = std::ostringstream();
  return ready;
}

std::string gzipped(std::string_view bytes) {
  Gzip gzip;
  gzip.add(bytes);
  gzip.end();
  return gzip.take();
}

}  // namespace qd::formats
