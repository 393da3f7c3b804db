#include "server/faces/table_description.hpp"

#include <algorithm>

namespace qd::faces {
namespace {

using formats::FieldKind;

// The words of Table Schema, which CSV on the Web shares but for the first.
std::string_view type_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::kInteger:
      return "integer";
    case FieldKind::kDecimal:
      return "number";
    case FieldKind::kTruth:
      return "boolean";
    case FieldKind::kText:
    case FieldKind::kList:
      break;
  }
  return "string";
}

bool has_key(const FigureFields& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [](const FigureField& field) { return field.name == "key"; });
}

}  // namespace

std::string data_package(const FigureFields& fields, const std::string& address) {
  formats::Json json;
  json.begin_object().field("profile", "tabular-data-package").field("name", "quarterday-figures");
  json.key("resources").begin_array().begin_object();
  json.field("name", "figures").field("path", address).field("profile", "tabular-data-resource");
  json.field("format", "csv").field("mediatype", "text/csv").field("encoding", "utf-8");
  json.key("dialect").begin_object().field("delimiter", ",").field("lineTerminator", "\r\n");
  json.end_object().key("schema").begin_object().key("fields").begin_array();
  for (const auto& field : fields)
    json.begin_object()
        .field("name", field.name)
        .field("type", type_of(field.kind))
        .field("description", field.meaning)
        .end_object();
  json.end_array();
  if (has_key(fields)) json.field("primaryKey", "key");
  json.key("missingValues").begin_array().text("").end_array();
  json.end_object().end_object().end_array().end_object();
  return json.take();
}

std::string csvw_metadata(const FigureFields& fields, const std::string& address) {
  formats::Json json;
  json.begin_object().field("@context", "http://www.w3.org/ns/csvw").field("url", address);
  json.key("tableSchema").begin_object().key("columns").begin_array();
  for (const auto& field : fields) {
    json.begin_object().field("titles", field.name).field("name", field.name);
    json.field("dc:description", field.meaning);
    json.field("datatype", field.kind == FieldKind::kDecimal ? std::string_view("decimal")
                                                             : type_of(field.kind));
    if (field.kind == FieldKind::kList) json.field("separator", ";");
    json.end_object();
  }
  json.end_array();
  if (has_key(fields)) json.field("primaryKey", "key");
  json.end_object().end_object();
  return json.take();
}

}  // namespace qd::faces
