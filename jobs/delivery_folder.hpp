// Which folder a delivery lies in. A folder has an identity of its own, kept in it: a state folder
// that was moved is known again, and the default folders of two servers are told apart.
#pragma once

#include <optional>
#include <string>

#include "core/model/error.hpp"
#include "core/model/return_run.hpp"
#include "jobs/file_system.hpp"

namespace qd::jobs {

inline constexpr const char* kIdentityFile = ".quarterday-folder";

struct DeliveryFolder {
  std::string path;
  std::string identity;  // empty: it has none yet, so nothing was delivered there
};

// Makes the folder and gives it an identity unless it has one. Of several that do so at the same
// time all get the same. What one that was stopped left of an identity is swept. Errors:
// kDeliveryFailed.
Result<DeliveryFolder> open_delivery_folder(FileSystem& files, const std::string& path);
// The same without making anything.
Result<DeliveryFolder> look_at_delivery_folder(FileSystem& files, const std::string& path);

// Where the delivery's folder is now, seen from a server whose own folder is `own`; nullopt: not
// anywhere this server can look. Errors: kDeliveryFailed.
Result<std::optional<std::string>> find_delivery_folder(FileSystem& files,
                                                        const DeliveryFolder& own,
                                                        const Delivery& delivery);

}  // namespace qd::jobs
