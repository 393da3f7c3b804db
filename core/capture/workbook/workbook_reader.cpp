#include "core/capture/workbook/workbook_reader.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/capture/workbook/archive.hpp"
#include "core/capture/workbook/sheet_xml.hpp"
#include "core/capture/workbook/xml_part.hpp"

namespace qd::capture::workbook {
namespace {

// Targets are relative to the folder of the part they belong to, or begin at the root.
std::string resolve(const std::string& folder, const std::string& target) {
  if (target.starts_with('/')) return target.substr(1);
  return (std::filesystem::path(folder) / target).lexically_normal().generic_string();
}

std::string folder_of(const std::string& part) {
  return std::filesystem::path(part).parent_path().generic_string();
}

std::string relations_of(const std::string& part) {
  const std::filesystem::path path(part);
  return (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
}

Result<void> parse_part(Archive& archive, const std::string& part, XmlHandler& handler) {
  return archive.read(part, [&](std::istream& in) { return parse_xml(in, handler); });
}

}  // namespace

struct WorkbookReader::Parts {
  explicit Parts(Archive opened) : archive(std::move(opened)) {}

  Archive archive;
  std::vector<std::string> names;
  std::vector<bool> hidden;  // by the same index
  std::vector<std::string> sheet_parts;
  std::vector<std::string> texts;

  Result<void> find();
  Result<std::string> find_workbook();
  Result<void> read_texts(const std::string& part);
};

Result<std::string> WorkbookReader::Parts::find_workbook() {
  RelationsHandler relations;
  if (auto read = parse_part(archive, "_rels/.rels", relations); !read) return fail(read.error());
  const auto part = relations.target_of_type("/officeDocument");
  if (part.empty()) {
    return fail(ErrorCode::kFileNotAWorkbook, "the file holds no workbook",
                "save it as an Excel workbook (.xlsx)");
  }
  return resolve("", part);
}

Result<void> WorkbookReader::Parts::find() {
  const auto workbook = find_workbook();
  if (!workbook) return fail(workbook.error());
  RelationsHandler relations;
  if (auto read = parse_part(archive, relations_of(*workbook), relations); !read) return read;
  SheetListHandler list;
  if (auto read = parse_part(archive, *workbook, list); !read) return read;
  const std::string folder = folder_of(*workbook);
  for (const auto& [name, id, is_hidden] : list.sheets()) {
    const std::string target = relations.target_of_id(id);
    if (target.empty()) continue;  // a chart sheet, or a sheet that is not there
    names.push_back(name);
    hidden.push_back(is_hidden);
    sheet_parts.push_back(resolve(folder, target));
  }
  const std::string shared = relations.target_of_type("/sharedStrings");
  return shared.empty() ? Result<void>{} : read_texts(resolve(folder, shared));
}

Result<void> WorkbookReader::Parts::read_texts(const std::string& part) {
  SharedTextsHandler handler(texts);
  return parse_part(archive, part, handler);
}

WorkbookReader::WorkbookReader(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
WorkbookReader::~WorkbookReader() = default;
WorkbookReader::WorkbookReader(WorkbookReader&&) noexcept = default;
WorkbookReader& WorkbookReader::operator=(WorkbookReader&&) noexcept = default;

Result<WorkbookReader> WorkbookReader::open(const std::filesystem::path& file) {
  auto archive = Archive::open(file, ArchiveLimits{});
  if (!archive) return fail(archive.error());
  auto parts = std::make_unique<Parts>(std::move(*archive));
  if (auto found = parts->find(); !found) return fail(found.error());
  return WorkbookReader(std::move(parts));
}

const std::vector<std::string>& WorkbookReader::sheets() const { return parts_->names; }
bool WorkbookReader::is_hidden(std::size_t sheet) const { return parts_->hidden[sheet]; }

Result<void> WorkbookReader::read(std::size_t sheet, const RowSink& sink) {
  SheetHandler handler(parts_->texts, sink);
  return parse_part(parts_->archive, parts_->sheet_parts[sheet], handler);
}

std::int64_t column_number(std::string_view letters) {
  constexpr std::int64_t kLast = 16'384;  // XFD
  std::int64_t number = 0;
  for (const char letter : letters) {
    if (letter < 'A' || letter > 'Z') return 0;
    number = number * 26 + (letter - 'A' + 1);
    if (number > kLast) return 0;
  }
  return number;
}

std::string column_letters(std::int64_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

}  // namespace qd::capture::workbook
