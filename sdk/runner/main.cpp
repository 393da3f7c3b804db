// quarterday-case LIBRARY CASE…: does a family do what its cases say?
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "runner/check.hpp"
#include "runner/library.hpp"
#include "runner/text.hpp"

namespace {

using namespace quarterday::runner;

constexpr const char* kUsage =
    "quarterday-case LIBRARY [CASE…]\n"
    "  Loads a family's library, looks at what it declares, and runs the case files; of a folder\n"
    "  all that end in .case.\n"
    "  --accept   write what the family gives into the case files; the diff is the review\n"
    "  --help     this text\n"
    "Exit code: 0 every case holds, 1 one does not, 2 wrong use.\n";

struct Arguments {
  std::string library;
  std::vector<std::string> cases;
  bool accept = false, help = false;
};

// nullopt: wrong use.
std::optional<Arguments> parse_arguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string word = values[i];
    if (word == "--accept")
      arguments.accept = true;
    else if (word == "--help")
      arguments.help = true;
    else if (word.rfind("--", 0) == 0)
      return std::nullopt;
    else if (arguments.library.empty())
      arguments.library = word;
    else
      arguments.cases.push_back(word);
  }
  if (arguments.library.empty() && !arguments.help) return std::nullopt;
  return arguments;
}

// A folder stands for the case files in it, by name.
std::vector<std::string> case_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    for (const auto& entry : std::filesystem::directory_iterator(path))
      if (entry.path().extension() == ".case") files.push_back(entry.path().string());
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw CaseError("cannot be read");
  return text.str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw CaseError("cannot be written");
}

void print(const char* verdict, const std::string& path, const std::vector<std::string>& lines) {
  std::cout << verdict << "  " << path << '\n';
  for (const std::string& line : lines) std::cout << "      " << line << '\n';
}

// True when the case holds, or has been made to.
bool run_case(const qd_family& family, const std::string& path, bool accept) try {
  const std::string text = read_file(path);
  const Case given = parse_case(text);
  CaseResult result = check_case(family, given);
  const std::string accepted = accepted_text(given, result.actual);
  const bool holds = result.differences.empty();
  if (accept && accepted != text) write_file(path, accepted);
  if (!holds) result.differences.insert(result.differences.begin(), given.title);
  print(holds ? "ok  " : accept ? "took" : "FAIL", path, result.differences);
  return holds || accept;
} catch (const CaseError& error) {
  print("FAIL", path, {error.what()});
  return false;
}

int run(const Arguments& arguments) try {
  const qd_family& family = load_family(arguments.library);
  const auto objections = objections_to(family);
  for (const std::string& objection : objections) std::cout << "FAIL  " << objection << '\n';
  if (!objections.empty()) return 1;
  bool all_hold = true;
  for (const std::string& path : case_files(arguments.cases))
    all_hold &= run_case(family, path, arguments.accept);
  return all_hold ? 0 : 1;
} catch (const CaseError& error) {
  std::cout << "FAIL  " << arguments.library << ": " << error.what() << '\n';
  return 1;
}

}  // namespace

int main(int count, char** values) {
  const auto arguments = parse_arguments(count, values);
  if (!arguments) {
    std::cerr << kUsage;
    return 2;
  }
  if (arguments->help) {
    std::cout << kUsage;
    return 0;
  }
  return run(*arguments);
}
