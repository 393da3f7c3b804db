// The layers of the sandbox a family runs in.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace qd::worker::wire {

enum class Layer : std::uint32_t {
  kFiles = 1,       // Landlock
  kCalls = 2,       // seccomp
  kNamespaces = 4,  // a user and a network of its own
};
using Layers = std::uint32_t;  // a bit each

constexpr bool has(Layers layers, Layer layer) {
  return (layers & static_cast<Layers>(layer)) != 0;
}
constexpr Layers with(Layers layers, Layer layer) { return layers | static_cast<Layers>(layer); }

struct LayerWords {
  Layer layer;
  std::string_view name;  // as a setting has it
  std::string_view lost;  // what a family can do where it is lacking
};
constexpr std::array<LayerWords, 3> kLayerWords = {{
    {Layer::kFiles, "files",
     "a family can read what the program's user may read as long as it is being loaded"},
    {Layer::kCalls, "calls",
     "a family can open sockets, start programs and send signals as the program's user"},
    {Layer::kNamespaces, "namespaces",
     "a family runs with the user and the network of the program, though no call uses them"},
}};

}  // namespace qd::worker::wire
