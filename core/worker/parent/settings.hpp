// How worker processes are started and what they may use.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "core/worker/wire/layers.hpp"

namespace qd::worker::parent {

struct WorkerSettings {
  std::filesystem::path executable;                              // the quarterday binary
  std::chrono::milliseconds time_out{std::chrono::minutes{10}};  // one run, by the wall
  std::uint64_t memory_bytes = std::uint64_t{4} << 30;           // address space of one worker
  std::uint64_t answer_bytes = std::uint64_t{1} << 30;           // more than that is a flood
  // Layers of the sandbox that a worker goes without where the kernel gives none.
  wire::Layers may_lack = static_cast<wire::Layers>(wire::Layer::kNamespaces);
  std::map<std::string, std::map<std::string, std::string>> options;  // by family, then key
};

}  // namespace qd::worker::parent
