// A web server of an issuer of tokens, on loopback: it answers what it is told to.
#pragma once

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>

#include <atomic>
#include <map>
#include <mutex>
#include <ostream>
#include <string>

namespace qd::test {

class IssuerServer {
 public:
  struct Page {
    std::string body;
    int status = 200;
    std::string location = {};
  };

  IssuerServer() : IssuerServer(Poco::Net::ServerSocket(loopback())) {}
  // By TLS, with a certificate and its key in these files.
  IssuerServer(const std::string& certificate, const std::string& key)
      : IssuerServer(Poco::Net::SecureServerSocket(
            loopback(), 16,
            new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, key, certificate, "",
                                   Poco::Net::Context::VERIFY_NONE))) {}
  ~IssuerServer() { server_.stopAll(true); }

  std::string url(const std::string& path, const std::string& scheme = "http") const {
    return scheme + "://localhost:" + std::to_string(server_.port()) + path;
  }
  void put(const std::string& path, Page page) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(page);
  }
  int n_asked() const { return n_asked_; }

 private:
  class Handler final : public Poco::Net::HTTPRequestHandler {
   public:
    explicit Handler(IssuerServer& owner) : owner_(owner) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
      const Page page = owner_.page(request.getURI());
      response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(page.status));
      if (!page.location.empty()) response.set("Location", page.location);
      response.setContentType("application/json");
      response.send() << page.body;
    }

   private:
    IssuerServer& owner_;
  };
  class Factory final : public Poco::Net::HTTPRequestHandlerFactory {
   public:
    explicit Factory(IssuerServer& owner) : owner_(owner) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(
        const Poco::Net::HTTPServerRequest&) override {
      return new Handler(owner_);
    }

   private:
    IssuerServer& owner_;
  };

  explicit IssuerServer(const Poco::Net::ServerSocket& socket)
      : server_(new Factory(*this), socket, new Poco::Net::HTTPServerParams) {
    server_.start();
  }
  static Poco::Net::SocketAddress loopback() { return {"127.0.0.1", 0}; }
  Page page(const std::string& path) {
    ++n_asked_;
    const std::lock_guard lock(mutex_);
    const auto found = pages_.find(path);
    return found == pages_.end() ? Page{"", 404} : found->second;
  }

  std::mutex mutex_;
  std::map<std::string, Page> pages_;
  std::atomic<int> n_asked_ = 0;
  Poco::Net::HTTPServer server_;
};

}  // namespace qd::test
