#include "server/cli/program.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace qd::cli {

Result<int> run_program(const std::filesystem::path& program,
                        const std::vector<std::string>& arguments) {
  std::string name = program.string();
  std::vector<std::string> texts = arguments;
  std::vector<char*> argv = {name.data()};
  for (auto& text : texts) argv.push_back(text.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  const int failed = ::posix_spawn(&child, name.c_str(), nullptr, nullptr, argv.data(), environ);
  if (failed != 0)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("cannot start {}: {}", name, std::strerror(failed)));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return fail(ErrorCode::kInternal,
              fmt::format("{} was ended by signal {}", name, WTERMSIG(status)));
}

}  // namespace qd::cli
