#include "sim/output/json/warnings_json.hpp"

namespace fleetrace::output {
namespace {

void write_place(core::JsonWriter& json, std::string_view key, int place) {
  json.key(key);
  place > 0 ? json.integer(place) : json.null();
}

int read_place(const JsonValue& from, const char* key) { return from.at(key).is_null() ? 0 : from.at(key).get<int>(); }

}  // namespace

std::string warning_message(const core::Diagnostic& warning) {
  return warning.reason.empty() ? warning.problem : warning.problem + " (" + warning.reason + ')';
}

void write_warnings(core::JsonWriter& json, const std::vector<core::Diagnostic>& warnings) {
  json.flat_objects("warnings", warnings, [&](const core::Diagnostic& each) {
    json.text("path", each.path);
    write_place(json, "line", each.where.line);
    write_place(json, "column", each.where.column);
    json.text("message", warning_message(each));
    json.text("suggestion", each.suggestion);
  });
}

std::vector<core::Diagnostic> read_warnings(const JsonValue& from) {
  std::vector<core::Diagnostic> warnings;
  for (const JsonValue& each : from.at("warnings")) {
    core::Diagnostic one;
    one.path = read_text(each, "path");
    one.where.line = read_place(each, "line");
    one.where.column = read_place(each, "column");
    one.problem = read_text(each, "message");
    one.suggestion = read_text(each, "suggestion");
    one.is_warning = true;
    warnings.push_back(std::move(one));
  }
  return warnings;
}

}  // namespace fleetrace::output
