// What is read of a real web server, by TLS and without.
#include "server/tokens/web_documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/issuer_server.hpp"

namespace qd::tokens {
namespace {

using test::IssuerServer;
using testing::HasSubstr;

std::string refusal(const std::string& url) {
  WebDocuments documents;
  const auto text = documents.get(url);
  if (text) return "read";
  EXPECT_EQ(text.error().code, ErrorCode::kIssuerUnavailable);
  return text.error().message;
}

TEST(WebDocuments, are_read_of_this_machine_without_tls) {
  IssuerServer server;
  server.put("/keys?v=2", {"text"});
  WebDocuments documents;
  EXPECT_EQ(documents.get(server.url("/keys?v=2")).value(), "text");
}

TEST(WebDocuments, are_read_of_other_machines_by_tls_alone) {
  EXPECT_THAT(refusal("http://id.example/keys"), HasSubstr("it is not https"));
  EXPECT_THAT(refusal("http://localhost.id.example/keys"), HasSubstr("it is not https"));
}

TEST(WebDocuments, that_are_not_there_are_said_to_be_so) {
  IssuerServer server;
  EXPECT_THAT(refusal(server.url("/keys")), HasSubstr("the answer is 404"));
}

TEST(WebDocuments, are_not_looked_for_where_the_server_points) {
  IssuerServer server;
  server.put("/keys", {"", 302, server.url("/others")});
  server.put("/others", {"text"});
  EXPECT_THAT(refusal(server.url("/keys")), HasSubstr("the answer is 302"));
  EXPECT_EQ(server.n_asked(), 1);
}

TEST(WebDocuments, are_not_longer_than_a_megabyte) {
  IssuerServer server;
  WebDocuments documents;
  server.put("/keys", {std::string(WebDocuments::kLargest, 'x')});
  EXPECT_EQ(documents.get(server.url("/keys")).value().size(), WebDocuments::kLargest);
  server.put("/keys", {std::string(WebDocuments::kLargest + 1, 'x')});
  EXPECT_THAT(refusal(server.url("/keys")), HasSubstr("longer than a megabyte"));
}

TEST(WebDocuments, stand_at_addresses_of_the_web) {
  for (const auto* url : {"", "keys", "file:///etc/passwd", "ftp://id.example/", "https://"})
    EXPECT_THAT(refusal(url), HasSubstr("it is no address of the web")) << url;
}

TEST(WebDocuments, of_a_server_that_is_away_are_refused) {
  std::string url;
  { url = IssuerServer().url("/keys"); }
  EXPECT_THAT(refusal(url), HasSubstr("cannot be read"));
}

// A certificate of our own for localhost, and the environment that makes the machine trust it.
class WebDocumentsByTls : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("qd-tls-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    make("trusted", "localhost");
    make("other", "other.example");
    ::setenv("SSL_CERT_FILE", file("trusted.pem").c_str(), 1);
  }
  void TearDown() override {
    ::unsetenv("SSL_CERT_FILE");
    std::filesystem::remove_all(folder_);
  }
  void make(const std::string& name, const std::string& host) {
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN=" +
        host + " -addext subjectAltName=DNS:" + host + " -keyout " + file(name + ".key") +
        " -out " + file(name + ".pem") + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  std::filesystem::path folder_;
};

TEST_F(WebDocumentsByTls, are_read_when_the_machine_trusts_the_certificate) {
  IssuerServer server(file("trusted.pem"), file("trusted.key"));
  server.put("/keys", {"text"});
  WebDocuments documents;
  const auto text = documents.get(server.url("/keys", "https"));
  ASSERT_TRUE(text) << to_text(text.error());
  EXPECT_EQ(*text, "text");
}

TEST_F(WebDocumentsByTls, are_refused_when_it_does_not) {
  IssuerServer server(file("other.pem"), file("other.key"));
  server.put("/keys", {"text"});
  EXPECT_THAT(refusal(server.url("/keys", "https")), HasSubstr("cannot be read"));
  EXPECT_EQ(server.n_asked(), 0);
}

TEST_F(WebDocumentsByTls, are_refused_when_the_certificate_is_of_another_host) {
  ::setenv("SSL_CERT_FILE", file("other.pem").c_str(), 1);
  IssuerServer server(file("other.pem"), file("other.key"));
  server.put("/keys", {"text"});
  EXPECT_THAT(refusal(server.url("/keys", "https")), HasSubstr("cannot be read"));
  EXPECT_EQ(server.n_asked(), 0);
}

}  // namespace
}  // namespace qd::tokens
