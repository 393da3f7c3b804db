#include "core/families/family_folder.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "core/calendar/zone.hpp"
#include "core/families/discover.hpp"

namespace qd::families {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::optional<FileStamp> stamp_of(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                   nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

}  // namespace

bool is_unchanged(const FamilyListing& listing) {
  return stamp_of(listing.library) == listing.stamp;
}

FamilyFolder::FamilyFolder(std::filesystem::path folder, ObservationStore& observations,
                           FamilyRegister& known, const Clock& clock)
    : folder_(std::move(folder)), observations_(observations), known_(known), clock_(clock) {}

FamilyFolder::Stamps FamilyFolder::stamps_now() const {
  Stamps stamps;
  std::error_code error;  // a folder that cannot be read is told by discover_families
  for (std::filesystem::directory_iterator at(folder_, error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".so")
      stamps[at->path()] = stamp_of(at->path()).value_or(FileStamp{});
  return stamps;
}

Result<std::vector<FamilyListing>> FamilyFolder::listings() {
  const std::scoped_lock lock(mutex_);
  auto stamps = stamps_now();  // before reading: a change meanwhile is seen the next time
  if (listings_ && !listings_->empty() && stamps == stamps_) return *listings_;
  listings_.reset();
  auto found = discover_families(folder_, &known_);
  if (!found) return found;
  for (FamilyListing& listing : *found) {
    if (const auto taken = take_in(listing); !taken) return fail(taken.error());
    listing.stamp = stamps[listing.library];  // none: it came meanwhile, and is read anew
  }
  stamps_ = std::move(stamps);
  listings_ = *found;
  return found;
}

Result<void> FamilyFolder::declare_tables(const Family& family) {
  for (const TableSpec& table : family.tables)
    if (auto declared = observations_.declare(table); !declared) return declared;
  return {};
}

// What the store will not take refuses the family; that it cannot be reached refuses nobody.
Result<void> FamilyFolder::take_in(FamilyListing& listing) {
  if (!listing.family) return {};
  const Instant now = clock_.now();
  const auto local = calendar::to_local(now);
  if (!local) return fail(local.error());
  auto taken = declare_tables(*listing.family).and_then([&] {
    return known_.take_in(*listing.family, now, local->date);
  });
  if (taken) {
    listing.family->indicators = *std::move(taken);
    return {};
  }
  if (taken.error().code != ErrorCode::kStoreConflict) return fail(taken.error());
  listing.family =
      fail(ErrorCode::kFamilyRefused,
           fmt::format("family {} refused: {}", listing.family->id, taken.error().message),
           taken.error().hint);
  return {};
}

}  // namespace qd::families
