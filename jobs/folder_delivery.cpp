#include "jobs/folder_delivery.hpp"

#include <fmt/format.h>

#include "core/model/digest.hpp"
#include "jobs/whole_file.hpp"

namespace qd::jobs {
namespace {

std::string path_in(const std::string& folder, const std::string& name) {
  return folder + "/" + name;
}

Error taken_name(const std::string& path) {
  return {ErrorCode::kDeliveryFailed,
          fmt::format("'{}' is there already and is another file", path),
          "move that file away; a delivered workbook is never overwritten"};
}

// true: the workbook is in the folder already. Errors: another file has its name.
Result<bool> is_delivered(FileSystem& files, const std::string& path, const ReturnRun& run) {
  const auto there = files.read(path);
  if (!there) return fail(there.error());
  if (!*there) return false;
  if (sha256(**there) == run.sha256) return true;
  return fail(taken_name(path));
}

// Under its name, unless someone who was faster has put it there.
Result<void> place(FileSystem& files, const std::string& folder, const ReturnRun& run) {
  const auto placed =
      place_whole(files, folder, run.file_name, std::to_string(run.fence), run.workbook);
  if (placed) return {};
  const auto delivered = is_delivered(files, path_in(folder, run.file_name), run);
  if (!delivered) return fail(delivered.error());
  return *delivered ? Result<void>{} : placed;
}

}  // namespace

Result<void> deliver_to_folder(FileSystem& files, const std::string& folder, const ReturnRun& run) {
  if (auto made = files.make_folder(folder); !made) return made;
  const auto delivered = is_delivered(files, path_in(folder, run.file_name), run);
  if (!delivered) return fail(delivered.error());
  sweep_parts(files, folder, run.file_name);
  if (!*delivered) {
    if (auto placed = place(files, folder, run); !placed) return placed;
  }
  // Also when it was there: whoever renamed it may have been stopped before this.
  return files.sync_folder(folder);
}

namespace {

// Bytes and state the store holds, before any file is looked at.
Result<void> check_stored(const ReturnRun& run, const Delivery& delivery) {
  if (delivery.state != DeliveryState::kDelivered) {
    return fail(ErrorCode::kReturnUnknown,
                fmt::format("{} {} revision {} is {}, not delivered to {}", run.schedule,
                            run.period, run.revision, to_text(run.state), delivery.recipient));
  }
  if (run.workbook.empty() || sha256(run.workbook) == run.sha256) return {};
  return fail(ErrorCode::kReturnAltered,
              fmt::format("the stored workbook of {} {} no longer has its digest", run.schedule,
                          run.period));
}

}  // namespace

std::string path_of(const Delivery& delivery) {
  return path_in(delivery.folder, delivery.file_name);
}

Result<Verified> verify_delivery(FileSystem& files, const DeliveryFolder& own, const ReturnRun& run,
                                 const Delivery& delivery) {
  if (auto stored = check_stored(run, delivery); !stored) return fail(stored.error());
  const auto folder = find_delivery_folder(files, own, delivery);
  if (!folder) return fail(folder.error());
  if (!*folder) return Verified::kElsewhere;
  const std::string path = path_in(**folder, delivery.file_name);
  const auto there = files.read(path);
  if (!there) return fail(there.error());
  if (*there && sha256(**there) == run.sha256) return Verified::kAsDelivered;
  return fail(
      ErrorCode::kReturnAltered,
      fmt::format("'{}' {}", path, *there ? "is not the workbook that was delivered" : "is gone"),
      "the store still holds the workbook as it was delivered");
}

}  // namespace qd::jobs
