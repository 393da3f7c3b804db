// The source tree as text, for tests that say how the house is built.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

namespace house {

struct SourceFile {
  std::string path;  // from the root: "core/model/fact.cpp"
  std::vector<std::string> lines;

  std::string folder() const { return path.substr(0, path.find('/')); }
};

inline std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

inline const std::vector<std::string> kCodeEndings = {".h", ".hpp", ".hxx", ".cpp", ".cc", ".c"};
inline const std::vector<std::string> kScriptEndings = {".py", ".sh", ".lua", ".mjs"};

inline bool ends_as(const std::filesystem::path& path, const std::vector<std::string>& endings) {
  const auto ending = path.extension().string();
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

// Every C and C++ file of the named folders, or every one that ends so, sorted by path.
inline std::vector<SourceFile> sources(const std::vector<std::string>& folders,
                                       const std::vector<std::string>& endings = kCodeEndings) {
  const std::filesystem::path root = QUARTERDAY_SOURCE_DIR;
  std::vector<SourceFile> files;
  for (const auto& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file() || !ends_as(entry.path(), endings)) continue;
      const auto path = std::filesystem::relative(entry.path(), root).generic_string();
      files.push_back({path, read_lines(entry.path())});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

// "path:line: text" for every line the expression is found in.
inline std::vector<std::string> lines_with(const std::vector<SourceFile>& files,
                                           const std::string& expression) {
  const std::regex wanted(expression);
  std::vector<std::string> found;
  for (const auto& file : files)
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (std::regex_search(file.lines[i], wanted))
        found.push_back(file.path + ":" + std::to_string(i + 1) + ": " + file.lines[i]);
  return found;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += "\n  " + line;
  return text;
}

}  // namespace house
