// The rival of a read: Pistache alone, answering the same bytes from memory.
//   bench_bare_pistache PORT FILE
#include <pistache/endpoint.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string body;

class Bare : public Pistache::Http::Handler {
  HTTP_PROTOTYPE(Bare)

  void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter writer) override {
    writer.send(Pistache::Http::Code::Ok, body, MIME(Application, Json));
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "bench_bare_pistache PORT FILE\n");
    return 2;
  }
  std::ifstream file(argv[2], std::ios::binary);
  body.assign(std::istreambuf_iterator<char>(file), {});
  const auto port = static_cast<std::uint16_t>(std::strtoul(argv[1], nullptr, 10));
  Pistache::Http::Endpoint endpoint(Pistache::Address("127.0.0.1", port));
  endpoint.init(
      Pistache::Http::Endpoint::options().threads(2).flags(Pistache::Tcp::Options::ReuseAddr));
  endpoint.setHandler(Pistache::Http::make_handler<Bare>());
  endpoint.serve();
  return 0;
}
