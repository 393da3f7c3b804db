#include "core/compute/family_folder.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

namespace qd {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FamilyFolder::FamilyFolder(std::filesystem::path folder, const WorkerSettings& settings,
                           ObservationStore& observations)
    : folder_(std::move(folder)), settings_(settings), observations_(observations) {}

std::optional<FamilyFolder::Stamp> FamilyFolder::stamp_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return Stamp{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
               nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

std::map<std::filesystem::path, FamilyFolder::Stamp> FamilyFolder::stamps_now() const {
  std::map<std::filesystem::path, Stamp> stamps;
  std::error_code error;  // a folder that cannot be read is told by discover_families
  for (std::filesystem::directory_iterator at(folder_, error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".so")
      stamps[at->path()] = stamp_of(at->path()).value_or(Stamp{});
  return stamps;
}

Result<std::vector<FamilyListing>> FamilyFolder::listings() {
  const std::scoped_lock lock(mutex_);
  auto stamps = stamps_now();  // before reading: a change meanwhile is seen the next time
  if (listings_ && !listings_->empty() && stamps == stamps_) return *listings_;
  listings_.reset();
  auto found = discover_families(folder_, settings_);
  if (!found) return found;
  for (FamilyListing& listing : *found)
    if (const auto declared = declare_tables(listing); !declared) return fail(declared.error());
  stamps_ = std::move(stamps);
  listings_ = *found;
  return found;
}

bool FamilyFolder::is_unchanged(const std::filesystem::path& library) {
  const std::scoped_lock lock(mutex_);
  const auto known = stamps_.find(library);
  return known != stamps_.end() && stamp_of(library) == known->second;
}

Result<void> FamilyFolder::declare_tables(FamilyListing& listing) {
  if (!listing.family) return {};
  for (const FamilyInput& input : listing.family->inputs) {
    if (input.table.family.empty()) continue;
    auto declared = observations_.declare(input.table);
    if (declared) continue;
    if (declared.error().code != ErrorCode::kStoreConflict) return declared;
    listing.family =
        fail(ErrorCode::kFamilyRefused,
             fmt::format("family {} refused: {}", listing.family->id, declared.error().message),
             declared.error().hint);
    return {};
  }
  return {};
}

}  // namespace qd
