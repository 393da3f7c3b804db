// Delivery to a folder: a reader sees the whole workbook or none.
#pragma once

#include <string>

#include "core/model/error.hpp"
#include "core/model/return_run.hpp"
#include "jobs/delivery_folder.hpp"
#include "jobs/file_system.hpp"

namespace qd::jobs {

// Temporary file beside the target, fsync, rename to a name that is free, fsync of the folder.
// A file of that name with the same digest: already delivered, no error. With another digest:
// kDeliveryFailed, and the file is left as it is. `run` must carry bytes and digest.
Result<void> deliver_to_folder(FileSystem& files, const std::string& folder, const ReturnRun& run);

// Compares what lies where the delivery went with the stored digest, seen from a server whose own
// folder is `own`. kElsewhere: it went to a folder this server cannot look at. Errors:
// kReturnAltered (file gone or changed, or stored bytes that no longer match), kReturnUnknown (not
// delivered), kDeliveryFailed.
enum class Verified { kAsDelivered, kElsewhere };
Result<Verified> verify_delivery(FileSystem& files, const DeliveryFolder& own, const ReturnRun& run,
                                 const Delivery& delivery);

// "/srv/returns/executive-FY2026-27-Q1-r1.xlsx", as the server that delivered it knows it.
std::string path_of(const Delivery& delivery);

}  // namespace qd::jobs
