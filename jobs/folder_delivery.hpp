// Delivery to a folder: a reader sees the whole workbook or none.
#pragma once

#include <string>

#include "core/model/error.hpp"
#include "core/ports/return_store.hpp"
#include "jobs/file_system.hpp"

namespace qd::jobs {

// Temporary file beside the target, fsync, rename to a name that is free, fsync of the folder.
// A file of that name with the same digest: already delivered, no error. With another digest:
// kDeliveryFailed, and the file is left as it is. `run` must carry bytes and digest.
Result<void> deliver_to_folder(FileSystem& files, const std::string& folder, const ReturnRun& run);

// Compares the delivered file with the stored digest. Errors: kReturnAltered (file gone or changed,
// or stored bytes that no longer match), kReturnUnknown (not delivered), kDeliveryFailed.
Result<void> verify_delivery(FileSystem& files, const std::string& folder, const ReturnRun& run);

}  // namespace qd::jobs
