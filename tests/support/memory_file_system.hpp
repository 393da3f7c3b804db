// A file system in memory that can be stopped before and after every call and lose what was not
// synced. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "jobs/file_system.hpp"

namespace qd {

class MemoryFileSystem final : public jobs::FileSystem {
 public:
  // As MemoryReturnStore::on_step: asked as "write" before and "write after" behind each call.
  std::function<Result<void>(const std::string& step)> on_step = [](const std::string&) {
    return Result<void>{};
  };

  // What a power cut leaves: names that no sync of their folder has made last are gone.
  void cut_power() {
    const std::lock_guard lock(mutex_);
    files_ = lasting_;
  }
  std::map<std::string, std::string> files() const {
    const std::lock_guard lock(mutex_);
    return files_;
  }
  // Without what is hidden: parts, and what a folder knows itself by.
  std::map<std::string, std::string> workbooks() const {
    auto all = files();
    std::erase_if(all, [](const auto& file) { return file.first.find("/.") != std::string::npos; });
    return all;
  }
  void put(const std::string& path, const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    files_[path] = lasting_[path] = bytes;
  }

  Result<void> make_folder(const std::string&) override {
    return step("make_folder", [](auto&) { return Result<void>{}; });
  }
  Result<std::optional<std::string>> read(const std::string& path) override {
    std::optional<std::string> bytes;
    const auto read = step("read", [&](auto& files) {
      const auto found = files.find(path);
      if (found != files.end()) bytes = found->second;
      return Result<void>{};
    });
    if (!read) return fail(read.error());
    return bytes;
  }
  Result<void> write_synced(const std::string& path, std::string_view bytes) override {
    return step("write", [&](auto& files) {
      files[path] = std::string(bytes);
      return Result<void>{};
    });
  }
  Result<void> rename_new(const std::string& from, const std::string& to) override {
    return step("rename", [&](auto& files) -> Result<void> {
      if (files.contains(to)) return fail(ErrorCode::kDeliveryFailed, "'" + to + "' is taken");
      if (!files.contains(from)) return fail(ErrorCode::kDeliveryFailed, "'" + from + "' is gone");
      files[to] = files[from];
      files.erase(from);
      return {};
    });
  }
  Result<void> sync_folder(const std::string&) override {
    return step("sync_folder", [&](auto& files) {
      lasting_ = files;
      return Result<void>{};
    });
  }
  Result<void> remove(const std::string& path) override {
    return step("remove", [&](auto& files) {
      files.erase(path);
      return Result<void>{};
    });
  }
  Result<std::vector<std::string>> names(const std::string& folder) override {
    std::vector<std::string> names;
    const auto listed = step("names", [&](auto& files) {
      for (const auto& [path, bytes] : files) {
        if (path.starts_with(folder + "/")) names.push_back(path.substr(folder.size() + 1));
      }
      return Result<void>{};
    });
    if (!listed) return fail(listed.error());
    return names;
  }

 private:
  template <class Act>
  Result<void> step(const std::string& name, Act act) {
    if (const auto before = on_step(name); !before) return before;
    {
      const std::lock_guard lock(mutex_);
      if (const Result<void> done = act(files_); !done) return done;
    }
    return on_step(name + " after");
  }

  mutable std::mutex mutex_;
  std::map<std::string, std::string> files_, lasting_;
};

}  // namespace qd
