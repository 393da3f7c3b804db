#include "core/families/discover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "core/model/digest.hpp"
#include "core/worker/parent/worker_run.hpp"

namespace qd::families {
namespace {

// Empty for what is not a regular file: a pipe of that name would be waited on for ever.
std::string file_sha256(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return {};
  Sha256 digest;
  std::ifstream in(file, std::ios::binary);
  std::array<char, 1 << 16> piece;
  while (in.read(piece.data(), piece.size()), in.gcount() > 0)
    digest.add({piece.data(), static_cast<std::size_t>(in.gcount())});
  return digest.finish();
}

// Whoever may put a library there may have it run.
bool everybody_may_write(const std::filesystem::path& folder) {
  std::error_code error;
  const auto status = std::filesystem::status(folder, error);
  return !error && (status.permissions() & std::filesystem::perms::others_write) !=
                       std::filesystem::perms::none;
}

// What another family, found before, has taken already; empty: nothing.
std::string taken_already(const Family& family, const std::set<std::string>& taken) {
  for (const Definition& indicator : family.indicators)
    if (taken.contains(indicator.code)) return "indicator " + indicator.code;
  for (const FamilyInput& input : family.inputs)
    if (!input.table.family.empty() && taken.contains(input.table.name))
      return "table " + input.table.name;
  return {};
}

void refuse_repeated(std::vector<FamilyListing>& listings) {
  std::set<std::string> taken;
  for (FamilyListing& listing : listings) {
    if (!listing.family) continue;
    if (const auto what = taken_already(*listing.family, taken); !what.empty()) {
      const auto id = listing.family->id;
      listing.family =
          fail(ErrorCode::kFamilyRefused,
               fmt::format("family {} refused: another family declares {} already", id, what),
               "rename it in one of the two");
      continue;
    }
    for (const Definition& indicator : listing.family->indicators) taken.insert(indicator.code);
    for (const FamilyInput& input : listing.family->inputs)
      if (!input.table.family.empty()) taken.insert(input.table.name);
  }
}

}  // namespace

// The digest is taken before and after: what was described is what was digested.
Result<Family> read_family(const std::filesystem::path& library,
                           const worker::parent::WorkerSettings& settings) {
  const auto digest = file_sha256(library);
  auto family = worker::parent::describe_library(library, settings);
  if (!family) return family;
  if (file_sha256(library) != digest)
    return fail(ErrorCode::kFamilyRefused,
                fmt::format("family {} refused: its file was being written", family->id),
                "try again once it is in place");
  family->library = library;
  family->library_sha256 = digest;
  return family;
}

Result<std::vector<FamilyListing>> discover_families(
    const std::filesystem::path& folder, const worker::parent::WorkerSettings& settings) {
  std::error_code error;
  std::vector<std::filesystem::path> libraries;
  for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".so") libraries.push_back(at->path());
  if (error)
    return fail(ErrorCode::kFileUnreadable,
                fmt::format("the folder of families {}: {}", folder.string(), error.message()),
                "name an existing folder");
  if (everybody_may_write(folder))
    return fail(ErrorCode::kFamilyRefused,
                fmt::format("everybody may write into the folder of families {}", folder.string()),
                "leave that to the owner of the service: chmod o-w");
  std::sort(libraries.begin(), libraries.end());
  std::vector<FamilyListing> listings;
  for (const auto& library : libraries) {
    auto family = read_family(library, settings);
    if (!family && family.error().code == ErrorCode::kWorkerUnavailable)
      return fail(family.error());
    listings.push_back({library, std::move(family)});
  }
  refuse_repeated(listings);
  return listings;
}

}  // namespace qd::families
