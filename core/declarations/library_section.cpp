#include "core/declarations/library_section.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "core/declarations/declaration.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {
namespace {

constexpr std::size_t kLongestSection = std::size_t{1} << 20;

tl::unexpected<Error> refuse(const std::string& what, std::string hint = {}) {
  return fail(ErrorCode::kFamilyRefused, what, std::move(hint));
}

class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& file)
      : descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct EndElf {
  void operator()(Elf* elf) const noexcept { ::elf_end(elf); }
};
using OpenElf = std::unique_ptr<Elf, EndElf>;

OpenElf open_elf(int descriptor) {
  if (::elf_version(EV_CURRENT) == EV_NONE) return nullptr;
  return OpenElf(::elf_begin(descriptor, ELF_C_READ_MMAP, nullptr));
}

// Of the program that runs: a library for another machine could never be loaded by it.
std::optional<GElf_Half> own_machine() {
  static const auto machine = []() -> std::optional<GElf_Half> {
    const OpenFile file("/proc/self/exe");
    const OpenElf elf = open_elf(file.descriptor());
    GElf_Ehdr head;
    if (!elf || !::gelf_getehdr(elf.get(), &head)) return std::nullopt;
    return head.e_machine;
  }();
  return machine;
}

bool is_library_for_us(Elf* elf) {
  GElf_Ehdr head;
  return ::elf_kind(elf) == ELF_K_ELF && ::gelf_getehdr(elf, &head) && head.e_type == ET_DYN &&
         ::gelf_getclass(elf) == (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32) &&
         (!own_machine() || head.e_machine == *own_machine());
}

tl::unexpected<Error> cut_short() {
  return refuse("its file is cut short", "build or copy it again");
}

Result<std::string> content(Elf_Scn* section, const GElf_Shdr& head) {
  if (head.sh_size > kLongestSection)
    return refuse(fmt::format("its declaration has {} bytes, at most {} are possible", head.sh_size,
                              kLongestSection));
  const Elf_Data* data = ::elf_rawdata(section, nullptr);
  if (!data || data->d_size != head.sh_size || (head.sh_size > 0 && !data->d_buf))
    return cut_short();
  return std::string(static_cast<const char*>(data->d_buf), data->d_size);
}

// The list of its sections is the last thing in a library.
bool is_whole(Elf* elf, const OpenFile& file) {
  GElf_Ehdr head;
  struct stat status {};
  if (!::gelf_getehdr(elf, &head) || ::fstat(file.descriptor(), &status) != 0) return false;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const auto table = std::uint64_t{head.e_shnum} * head.e_shentsize;
  return table <= size && head.e_shoff <= size - table;
}

std::string* place_of(std::string_view section, LibrarySections& sections) {
  if (section == "quarterday.declaration") return &sections.declaration;
  return section == "quarterday.abi" ? &sections.abi : nullptr;
}

// Why the file must not be read; empty: it may.
std::string objection(const OpenFile& file, const std::filesystem::path& library) {
  if (file.descriptor() < 0) return fmt::format("{}: {}", library.string(), std::strerror(errno));
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0 || !S_ISREG(status.st_mode))
    return "it is not a regular file";
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return fmt::format("others than its owner may write to it; chmod go-w {}", library.string());
  return {};
}

}  // namespace

Result<LibrarySections> sections_of(const std::filesystem::path& library) {
  const OpenFile file(library);
  if (const auto why = objection(file, library); !why.empty()) return refuse(why);
  const OpenElf elf = open_elf(file.descriptor());
  if (!elf || !is_library_for_us(elf.get()))
    return refuse("it is not a shared library for this machine");
  std::size_t names = 0;
  if (!is_whole(elf.get(), file) || ::elf_getshdrstrndx(elf.get(), &names) != 0) return cut_short();
  LibrarySections sections;
  for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf.get(), section)) != nullptr;) {
    GElf_Shdr head;
    if (!::gelf_getshdr(section, &head)) return cut_short();
    const char* name = ::elf_strptr(elf.get(), names, head.sh_name);
    if (!name) return cut_short();
    std::string* const kept = place_of(name, sections);
    if (!kept) continue;
    auto text = content(section, head);
    if (!text) return fail(text.error());
    *kept = *std::move(text);
  }
  if (!sections.declaration.empty()) return sections;
  return refuse("it carries no declaration",
                "build it with quarterday_add_family, which puts its .toml file into it");
}

Result<Family> read_library(const std::filesystem::path& library) {
  const auto name = text::plain_text(library.stem().string(), 60);
  const auto refused = [&](const Error& error) {
    return fail(error.code, fmt::format("family {} refused: {}", name, error.message), error.hint);
  };
  const auto sections = sections_of(library);
  if (!sections) return refused(sections.error());
  auto family = read_declaration(sections->declaration, name + ".toml");
  if (!family) return refused(family.error());
  if (family->id != name)
    return refused(
        {ErrorCode::kFamilyRefused,
         fmt::format("its id is {}, its file is {}.so; give both the same name", family->id, name),
         {}});
  family->abi = text::plain_text(sections->abi, 60);
  family->library = library;
  return family;
}

}  // namespace qd::declarations
