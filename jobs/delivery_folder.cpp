#include "jobs/delivery_folder.hpp"

#include <fmt/format.h>

#include <random>

#include "jobs/whole_file.hpp"

namespace qd::jobs {
namespace {

std::string identity_path(const std::string& folder) { return folder + "/" + kIdentityFile; }

std::string new_identity() {
  std::random_device random;  // the system's own: two servers never draw the same
  std::string identity;
  for (int i = 0; i < 4; ++i) identity += fmt::format("{:08x}", random());
  return identity;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Result<DeliveryFolder> give_identity(FileSystem& files, const std::string& path) {
  const std::string identity = new_identity();
  if (auto placed = place_whole(files, path, kIdentityFile, identity, identity + "\n"); !placed) {
    auto other = look_at_delivery_folder(files, path);  // of someone who was faster
    if (!other || other->identity.empty()) return fail(placed.error());
    return other;
  }
  if (auto synced = files.sync_folder(path); !synced) return fail(synced.error());
  return DeliveryFolder{path, identity};
}

}  // namespace

Result<DeliveryFolder> look_at_delivery_folder(FileSystem& files, const std::string& path) {
  const auto text = files.read(identity_path(path));
  if (!text) return fail(text.error());
  return DeliveryFolder{path, *text ? first_line(**text) : std::string()};
}

Result<DeliveryFolder> open_delivery_folder(FileSystem& files, const std::string& path) {
  if (auto made = files.make_folder(path); !made) return fail(made.error());
  auto folder = look_at_delivery_folder(files, path);
  if (folder && folder->identity.empty()) folder = give_identity(files, path);
  // Only now: nobody who is still at work on an identity is needed any more.
  if (folder) sweep_parts(files, path, kIdentityFile);
  return folder;
}

Result<std::optional<std::string>> find_delivery_folder(FileSystem& files,
                                                        const DeliveryFolder& own,
                                                        const Delivery& delivery) {
  using Found = std::optional<std::string>;
  // Its own first: a folder that was copied is looked at where this server keeps it.
  if (!delivery.folder_identity.empty() && delivery.folder_identity == own.identity)
    return Found{own.path};
  if (delivery.folder == own.path) return Found{own.path};
  if (delivery.folder_identity.empty()) {  // made before folders had one: the path, or ours
    const auto there = files.read(delivery.folder + "/" + delivery.file_name);
    if (!there) return fail(there.error());
    return Found{*there ? delivery.folder : own.path};
  }
  // Another server's: perhaps on this machine, perhaps not, perhaps not for us to read.
  const auto recorded = look_at_delivery_folder(files, delivery.folder);
  if (recorded && recorded->identity == delivery.folder_identity) return Found{delivery.folder};
  return Found{};
}

}  // namespace qd::jobs
