// The settings behind the keys; shared by the two halves of the configuration alone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/composition/configuration.hpp"

namespace qd::composition {

struct ConfigurationSetting {
  using Apply = std::function<Result<void>(Configuration&, const std::string& text)>;
  ConfigurationKey key;
  Apply apply;
};
const std::vector<ConfigurationSetting>& configuration_settings();

}  // namespace qd::composition
