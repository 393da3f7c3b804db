// The exchanges of api-spec/examples, word by word.
#include <iterator>
#include <regex>

#include "tests/integration/http/api_fixture.hpp"

namespace qd::test {
namespace {

namespace fs = std::filesystem;

class Examples : public ApiTest {
 protected:
  static std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // The first part of the file as it goes over the wire, with the key unless the file says how.
  std::string wire(const std::string& request) {
    std::string bytes;
    std::size_t line_number = 0;
    for (std::size_t at = 0; at < request.size(); ++line_number) {
      const auto end = request.find('\n', at);
      const auto line = request.substr(at, end - at);
      if (line != "Authorization:") bytes += line + (line_number == 0 ? " HTTP/1.1" : "") + "\r\n";
      at = end + 1;
    }
    if (request.find("Authorization:") == std::string::npos)
      bytes += "Authorization: Bearer " + key_ + "\r\n";
    return bytes + "Host: example.org\r\n\r\n";
  }

  static std::string written(RawAnswer answer) {
    std::string text = std::to_string(answer.status) + "\n";
    for (const auto& [name, value] : answer.headers)
      if (name != "date" && name != "content-length" && name != "connection")
        text += name + ": " + value + "\n";
    return masked(text + "\n" + answer.body);
  }

  static std::string masked(std::string text) {
    static const std::vector<std::pair<std::regex, std::string>> kMasks = {
        {std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"), "*"},
        {std::regex(R"(cursor=[\w-]+)"), "cursor=*"},
        {std::regex(R"(etag: W/"[^"]*")"), "etag: W/\"*\""},
    };
    for (const auto& [regex, with] : kMasks) text = std::regex_replace(text, regex, with);
    return text;
  }
};

TEST_F(Examples, are_answered_as_they_are_written) {
  add_run("FY2024-25", 2);
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator(QUARTERDAY_SOURCE_DIR "/api-spec/examples")) {
    if (entry.path().extension() != ".http") continue;
    ++n;
    const auto file = contents(entry.path());
    const auto cut = file.find("---\n");
    ASSERT_NE(cut, std::string::npos) << entry.path();
    const auto expected = file.substr(cut + 4);
    const auto answered = written(send(wire(file.substr(0, cut))));
    if (std::getenv("QUARTERDAY_ACCEPT") != nullptr)
      std::ofstream(entry.path(), std::ios::binary) << file.substr(0, cut + 4) << answered;
    else
      EXPECT_EQ(answered, expected) << entry.path();
  }
  EXPECT_GE(n, 10u);
}

}  // namespace
}  // namespace qd::test
