#include "sim/output/parts/request_json.hpp"

#include <array>
#include <charconv>

#include "sim/output/json/document.hpp"

namespace fleetrace::output {
namespace {

/// The shortest text that is read as the very same number.
void write_exactly(core::JsonWriter& json, std::string_view name, const std::optional<double>& value) {
  if (!value) return;
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), *value);
  json.key(name);
  json.number(std::string_view(text.data(), static_cast<std::size_t>(written.ptr - text.data())));
}

std::optional<double> read_exactly(const JsonValue& from, std::string_view name) {
  return from.contains(name) ? std::optional(from.at(name).get<double>()) : std::nullopt;
}

fleet::Metric objective_named(const std::string& name) {
  if (const auto found = fleet::find_objective(name)) return *found;
  throw BadResults("has an objective that there is not");
}

}  // namespace

void write_request(core::JsonWriter& json, const StudyRequest& request) {
  const StudyOptions& options = request.options;
  json.begin_object();
  json.text("verb", verb_name(request.verb));
  json.text("scenario", request.scenario);
  if (!request.reads_files) json.boolean("reads_files", false);
  json.flat_objects("changes", request.changes, [&json](const reader::Override& change) {
    json.text("path", change.path);
    json.text("value", change.text);
  });
  json.integer("seed", options.seed);
  if (options.replications) json.integer("replications", *options.replications);
  if (options.objective) json.text("objective", fleet::info(*options.objective).name);
  write_exactly(json, "target", options.target);
  write_exactly(json, "confidence", options.confidence);
  if (request.verb == StudyRequest::Verb::sweep) {
    json.flat_objects("axes", request.axes, [&json](const study::Axis& axis) {
      json.text("path", axis.path);
      write_texts(json, "values", axis.values);
    });
  }
  if (request.verb == StudyRequest::Verb::sensitivity) {
    json.text("strategy", request.strategy);
    json.text("against", request.against);
    json.integer("points", request.points);
  }
  json.end_object();
}

StudyRequest read_request(const JsonValue& from) {
  StudyRequest request;
  const auto verb = find_verb(read_text(from, "verb"));
  if (!verb) throw BadResults("is of a verb that has no parts");
  request.verb = *verb;
  request.scenario = read_text(from, "scenario");
  request.reads_files = !from.contains("reads_files") || from.at("reads_files").get<bool>();
  for (const JsonValue& change : from.at("changes"))
    request.changes.push_back({read_text(change, "path"), read_text(change, "value")});
  StudyOptions& options = request.options;
  options.seed = from.at("seed").get<std::uint32_t>();
  if (from.contains("replications")) options.replications = read_count(from, "replications");
  if (from.contains("objective")) options.objective = objective_named(read_text(from, "objective"));
  options.target = read_exactly(from, "target");
  options.confidence = read_exactly(from, "confidence");
  if (*verb == StudyRequest::Verb::sweep) {
    for (const JsonValue& axis : from.at("axes"))
      request.axes.push_back({read_text(axis, "path"), axis.at("values").get<std::vector<std::string>>()});
  }
  if (*verb == StudyRequest::Verb::sensitivity) {
    request.strategy = read_text(from, "strategy");
    request.against = read_text(from, "against");
    request.points = read_count(from, "points");
  }
  return request;
}

}  // namespace fleetrace::output
