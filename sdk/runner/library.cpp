#include "runner/library.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstring>
#include <set>

#include "runner/text.hpp"

namespace quarterday::runner {
namespace {

using Objections = std::vector<std::string>;

bool is_name(const char* text) {
  if (text == nullptr || *text < 'a' || *text > 'z') return false;
  return std::strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == std::strlen(text);
}

// "1.2.0", perhaps followed by "-rc.1".
bool is_version(const char* text) {
  int major = 0, minor = 0, patch = 0, length = 0;
  if (text == nullptr) return false;
  if (std::sscanf(text, "%d.%d.%d%n", &major, &minor, &patch, &length) != 3) return false;
  return text[length] == '\0' || text[length] == '-';
}

bool is_empty(const char* text) { return text == nullptr || *text == '\0'; }

void look_at_input(const qd_family& family, const qd_input_spec& input, Objections& found) {
  if (!is_name(input.name)) return found.push_back("an input has no proper name");
  const std::string name = input.name;
  const bool own = input.n_key > 0;
  if (own && name.rfind(std::string(family.id) + "_", 0) != 0)
    found.push_back("table " + name + " must be called " + family.id + "_…");
  if (own && is_empty(input.meaning)) found.push_back("table " + name + " has no meaning");
  if (input.n_columns == 0) found.push_back("input " + name + " has no columns");
  if (input.n_key > input.n_columns) found.push_back("the key of " + name + " is too long");
  for (std::size_t i = 0; i < input.n_columns; ++i) {
    const qd_column_spec& column = input.columns[i];
    if (!is_name(column.name)) found.push_back("a column of " + name + " has no proper name");
    if (column.type < QD_INTEGER || column.type > QD_TEXT)
      found.push_back("a column of " + name + " has no known type");
    if (own && is_empty(column.meaning)) found.push_back("a column of " + name + " has no meaning");
    if (i < input.n_key && column.required != 1)
      found.push_back("a key column of " + name + " is not required");
  }
}

void look_at_indicator(const qd_indicator_spec& spec, Objections& found) {
  if (is_empty(spec.id)) return found.push_back("an indicator has no id");
  const std::string id = spec.id;
  if (is_empty(spec.title)) found.push_back(id + " has no title");
  if (is_empty(spec.numerator)) found.push_back(id + " has no numerator in words");
  if (spec.denominator == nullptr) found.push_back(id + " has no denominator, not even \"\"");
  if (is_empty(spec.unit)) found.push_back(id + " has no unit");
  if (is_empty(spec.source)) found.push_back(id + " has no source");
  if (spec.multiplier <= 0 || spec.divisor <= 0)
    found.push_back(id + " needs a multiplier and a divisor above 0");
  if (spec.decimals < 0 || spec.decimals > 10) found.push_back(id + " needs 0 to 10 decimals");
  if (spec.polarity < QD_CONTEXT || spec.polarity > QD_NEAREST)
    found.push_back(id + " has no known polarity");
  const bool is_count =
      spec.aggregation == QD_DISTINCT_COUNT || spec.aggregation == QD_ADDITIVE_COUNT;
  if (is_count && !is_empty(spec.denominator))
    found.push_back(id + " is a count and has a denominator");
  if (spec.aggregation < QD_SNAPSHOT_RATIO || spec.aggregation > QD_ADDITIVE_COUNT)
    found.push_back(id + " has no known aggregation");
}

void look_at_ids(const qd_family& family, Objections& found) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < family.n_indicators; ++i) {
    const char* id = family.indicators[i].id;
    if (id != nullptr && !ids.insert(id).second)
      found.push_back("indicator " + std::string(id) + " is there twice");
  }
}

}  // namespace

const qd_family& load_family(const std::string& path) {
  const std::string name = path.find('/') == path.npos ? "./" + path : path;
  void* library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw CaseError(std::string("cannot load the library: ") + ::dlerror());
  void* symbol = ::dlsym(library, "qd_family_entry");
  if (symbol == nullptr) throw CaseError(path + " does not export qd_family_entry");
  const qd_family* family = reinterpret_cast<const qd_family* (*)()>(symbol)();
  if (family == nullptr) throw CaseError("qd_family_entry gave nothing");
  if (family->abi_major != QD_ABI_MAJOR)
    throw CaseError("the family was built for ABI " + std::to_string(family->abi_major) +
                    ", this is " + std::to_string(QD_ABI_MAJOR));
  const std::string file = name.substr(name.rfind('/') + 1);
  if (family->id == nullptr || file != std::string(family->id) + ".so")
    throw CaseError("the library must be named after the family's id, with .so behind it");
  return *family;
}

std::vector<std::string> objections_to(const qd_family& family) {
  Objections found;
  if (family.struct_size < sizeof(qd_family)) found.push_back("the descriptor is too short");
  if (family.abi_minor > QD_ABI_MINOR) found.push_back("the family is newer than this SDK");
  if (!is_name(family.id)) return {"the family's id is not lower case letters, digits and _"};
  if (!is_version(family.version)) found.push_back("the family's version is not like 1.2.0");
  if (family.n_inputs == 0) found.push_back("the family reads no input");
  if (is_empty(family.title)) found.push_back("the family has no title");
  if (family.n_indicators == 0 && family.takes_definitions == 0)
    found.push_back("the family has no indicators and takes no definitions");
  if (!family.begin || !family.consume || !family.finish || !family.end)
    found.push_back("begin, consume, finish and end must all be there");
  for (std::size_t i = 0; i < family.n_inputs; ++i) look_at_input(family, family.inputs[i], found);
  for (std::size_t i = 0; i < family.n_indicators; ++i)
    look_at_indicator(family.indicators[i], found);
  look_at_ids(family, found);
  return found;
}

}  // namespace quarterday::runner
