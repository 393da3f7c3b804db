#pragma once
#include <cstddef>
#include <cstdint>
#include <quarterday/cells.hpp>
namespace involvement_names {
inline constexpr const char* kId = "involvement";
inline constexpr const char* kVersion = "1.1.0";
namespace areas {
inline constexpr std::size_t code = 0, parent = 1, valid_from = 2, valid_until = 3;
}
namespace persons {
inline constexpr std::size_t code = 0, relationship = 1, area = 2;
}
namespace events {
inline constexpr std::size_t code = 0, level = 1, held_on = 2, cancelled = 3;
}
namespace memberships {
inline constexpr std::size_t person = 0, level = 1, opened_on = 2, closed_on = 3;
}
namespace participations {
inline constexpr std::size_t person = 0, event = 1, status = 2, minutes = 3;
}
namespace policies {
inline constexpr std::size_t code = 0, area = 1;
}
namespace consultations {
inline constexpr std::size_t policy = 0, closed_on = 1;
}
namespace input {
inline constexpr std::uint32_t areas = 0, persons = 1, events = 2, memberships = 3,
                               participations = 4, policies = 5, consultations = 6;
}
namespace indicator {
inline constexpr quarterday::Indicator INV1_T{0}, INV1{1}, INV1a{2}, INV1a_T{3}, INV1e{4},
    INV2_T{5}, INV2{6}, INV3{7}, INV3e{8};
}
namespace option {
inline constexpr const char* service_user_l4 = "service_user_l4";
inline constexpr const char* joint_tenant_l4 = "joint_tenant_l4";
inline constexpr const char* cap_l2 = "cap_l2";
inline constexpr const char* cap_l3 = "cap_l3";
inline constexpr const char* cap_l4 = "cap_l4";
}  // namespace option
}  // namespace involvement_names
