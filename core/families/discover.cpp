#include "core/families/discover.hpp"

#include <fmt/format.h>
#include <quarterday/plugin.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "core/declarations/library_section.hpp"
#include "core/families/names.hpp"
#include "core/model/digest.hpp"

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

// Of what it was built for; "" when this host speaks it, or when it does not say.
std::string abi_objection(const std::string& abi) {
  unsigned major = 0, minor = 0;
  if (abi.empty()) return {};
  if (std::sscanf(abi.c_str(), "%u.%u", &major, &minor) == 2 && major == QD_ABI_MAJOR &&
      minor <= QD_ABI_MINOR)
    return {};
  return fmt::format("built for ABI {}, this host speaks {}.{}; rebuild it with this SDK", abi,
                     QD_ABI_MAJOR, QD_ABI_MINOR);
}

void refuse_taken_names(std::vector<FamilyListing>& listings,
                        std::vector<RegisteredFamily> registered) {
  std::vector<std::string> present;
  for (const FamilyListing& listing : listings)
    if (listing.family) present.push_back(listing.family->id);
  const Names names(std::move(registered), present);
  for (FamilyListing& listing : listings) {
    if (!listing.family) continue;
    const auto why = names.objection(*listing.family);
    if (why.empty()) continue;
    listing.family = fail(ErrorCode::kFamilyRefused,
                          fmt::format("family {} refused: {}", listing.family->id, why),
                          "rename it in its declaration; names of a family are its own");
  }
}

}  // namespace

// None of its code is run. The digest is taken before and after: what was read is what was
// digested.
Result<Family> read_family(const std::filesystem::path& library) {
  const auto digest = file_sha256(library);
  auto family = declarations::read_library(library);
  if (!family) return family;
  if (const auto why = abi_objection(family->abi); !why.empty())
    return fail(ErrorCode::kFamilyRefused, fmt::format("family {} refused: {}", family->id, why));
  if (file_sha256(library) != digest)
    return fail(ErrorCode::kFamilyRefused,
                fmt::format("family {} refused: its file was being written", family->id),
                "try again once it is in place");
  family->library_sha256 = digest;
  return family;
}

Result<std::vector<FamilyListing>> discover_families(const std::filesystem::path& folder,
                                                     FamilyRegister* known) {
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
  listings.reserve(libraries.size());
  for (const auto& library : libraries) listings.push_back({library, read_family(library)});
  Result<std::vector<RegisteredFamily>> registered;
  if (known) registered = known->registered_families();
  if (!registered) return fail(registered.error());
  refuse_taken_names(listings, *std::move(registered));
  return listings;
}

}  // namespace qd::families
