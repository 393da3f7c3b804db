#pragma once

#include "core/ports/member_register.hpp"
#include "core/ports/secret_store.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

class SqlMemberRegister final : public MemberRegister {
 public:
  SqlMemberRegister(Pool& pool, SecretStore& secrets) : pool_(pool), secrets_(secrets) {}

  Result<std::vector<std::uint32_t>> numbers(std::span<const std::string_view> names) override;

 private:
  Pool& pool_;
  SecretStore& secrets_;
};

}  // namespace qd::orm
