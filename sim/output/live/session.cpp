#include "sim/output/live/session.hpp"

#include "fleetrace/scenario.hpp"
#include "sim/api/comparison_study.hpp"
#include "sim/api/edited_text.hpp"
#include "sim/api/plan_periods.hpp"
#include "sim/api/resolved.hpp"
#include "sim/output/json/json_reader.hpp"
#include "sim/output/live/race_json.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/reader/document.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/live/controls.hpp"
#include "sim/scenario/reference/paths.hpp"

namespace fleetrace::output {
namespace {

using core::JsonWriter;

std::vector<reader::Override> changes_of(const JsonValue& request) {
  std::vector<reader::Override> changes;
  if (!request.contains("set")) return changes;
  for (const JsonValue each : request.at("set"))
    changes.push_back({each[0].get<std::string>(), each[1].get<std::string>(), "the page"});
  return changes;
}

/// An object with one member.
template <class Write>
std::string object(const Write& write) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  write(json);
  json.end_object();
  return std::move(json).finish();
}

void write_controls(JsonWriter& json, const scenario::Scenario& scenario) {
  json.objects("controls", scenario::live_controls(scenario), [&](const scenario::LiveControl& each) {
    json.text("key", each.key);
    json.begin_array("paths");
    for (const std::string& path : each.paths) json.text(path);
    json.end_array();
    json.text("label", each.label);
    json.text("unit", each.unit);
    json.real("value", each.value);
    json.real("low", each.low);
    json.real("high", each.high);
    json.boolean("is_logarithmic", each.is_logarithmic);
    json.boolean("is_whole", each.is_whole);
    json.text("source", each.source);
    json.integer("line", each.line);
    if (!each.likely) return;
    json.begin_array("likely");
    json.real(each.likely->first);
    json.real(each.likely->second);
    json.end_array();
  });
}

}  // namespace

struct LiveSession::Open {
  std::string text;
  reader::Document document;
  reader::LoadedScenario loaded;

  Open(std::string scenario, const std::string& name)
      : text(std::move(scenario)), document({text, name}), loaded(document.load_with_cases()) {}

  [[nodiscard]] scenario::Scenario changed(const std::vector<reader::Override>& changes) const {
    return changes.empty() ? loaded.scenario : document.load_future(loaded.scenario, changes);
  }

  /// A race with the power of each period.
  static Run whole_race(scenario::Scenario scenario) {
    std::optional<PlanOptions> plan;
    if (scenario.setups() != nullptr && !scenario.setups()->empty()) {
      const fleet::Horizon& horizon = scenario.setups()->front().horizon;
      plan = usual_plan(horizon.start, horizon.end);
    }
    return run_scenario(std::move(scenario), {1}, {}, {}, plan);
  }

  [[nodiscard]] std::string race(const std::vector<reader::Override>& changes) const {
    return live::race_json(whole_race(changed(changes)), live::Told::everything);
  }

  [[nodiscard]] std::string finals(const std::vector<reader::Override>& changes) const {
    return live::race_json(run_scenario(changed(changes), {1}), live::Told::figures);
  }

  /// As `fleetrace run --set` does it, the scenario is measured against its own C0.
  [[nodiscard]] std::string report(const std::vector<reader::Override>& changes,
                                   const std::vector<std::string>& arguments) const {
    const Run run = whole_race(changes.empty() ? loaded.scenario : document.load(changes));
    return object([&](JsonWriter& json) { json.text("html", to_html(run, arguments, to_yaml(run.scenario))); });
  }

  [[nodiscard]] std::string bands(const std::vector<reader::Override>& changes, std::size_t replications) const {
    const scenario::Scenario scenario = changed(changes);
    StudyOptions options;
    options.replications = replications;
    options.jobs = 1;
    ComparisonStudy study(scenario, settings_of(options, scenario), {}, ComparisonStudy::Keep::what_is_compared);
    const std::atomic<bool> never = false;
    (void)study.replicate(never, [](auto, auto) {});
    (void)study.complete(never);
    return live::bands_json(study.report());
  }

  [[nodiscard]] std::string describe() const {
    const scenario::Scenario& scenario = loaded.scenario;
    const core::Spec& root = scenario.root();
    return object([&](JsonWriter& json) {
      json.text("name", scenario.name());
      json.text("description", root.has("description") ? root.text("description") : "");
      json.text("sha256", scenario.sha256);
      json.begin_array("strategies");
      for (const core::Spec& each : root.sections("strategies")) json.text(each.name);
      json.end_array();
      json.boolean("is_uncertain", !scenario::Inputs(scenario).all().empty());
      write_controls(json, scenario);
      json.objects("cases", loaded.cases, [&](const reader::LoadedCase& each) {
        json.text("name", each.about.name);
        json.text("summary", each.about.summary);
        json.begin_array("set");
        for (const reader::Override& change : each.about.changes) {
          json.begin_flat_array();
          json.text(change.path);
          json.text(change.text);
          json.end_array();
        }
        json.end_array();
      });
      live::write_diagnostics(json, "warnings", scenario.warnings);
    });
  }

  [[nodiscard]] std::string paths() const {
    return object([&](JsonWriter& json) {
      json.begin_array("paths");
      for (const scenario::Path& each : scenario::paths(loaded.scenario)) json.text(each.path);
      json.end_array();
    });
  }

  [[nodiscard]] std::string texts(const std::vector<reader::Override>& changes) const {
    const scenario::Scenario scenario = changed(changes);
    return object([&](JsonWriter& json) {
      json.key("text");
      if (const auto edited = edited_text(text, loaded.scenario, changes)) {
        json.text(*edited);
      } else {
        json.null();
      }
      json.text("resolved", to_yaml(scenario));
    });
  }
};

LiveSession::LiveSession() = default;
LiveSession::~LiveSession() = default;

std::string LiveSession::open(const std::string& text, const std::string& name) {
  auto opened = std::make_unique<const Open>(text, name);
  std::string answer = opened->describe();
  open_ = std::move(opened);
  return answer;
}

std::string LiveSession::answer(std::string_view request_text) {
  try {
    const JsonDocument document{std::string(request_text)};
    const JsonValue request = document.root();
    const auto wanted = request.at("do").get<std::string>();
    if (wanted == "open") return open(request.at("text").get<std::string>(), request.at("name").get<std::string>());
    if (wanted == "run") return to_json(run(load(request.at("text").get<std::string>())).details());
    if (open_ == nullptr) throw BadResults("comes before any scenario is open");
    const std::vector<reader::Override> changes = changes_of(request);
    if (wanted == "race") return open_->race(changes);
    if (wanted == "finals") return open_->finals(changes);
    if (wanted == "bands") return open_->bands(changes, request.at("replications").get<std::size_t>());
    if (wanted == "paths") return open_->paths();
    if (wanted == "text") return open_->texts(changes);
    if (wanted == "report") {
      std::vector<std::string> arguments;
      for (const JsonValue each : request.at("arguments")) arguments.push_back(each.get<std::string>());
      return open_->report(changes, arguments);
    }
    throw BadResults("asks for \"" + wanted + "\", which is nothing that there is");
  } catch (const core::InputError& error) {
    return object([&](JsonWriter& json) { live::write_diagnostics(json, "diagnostics", error.diagnostics()); });
  } catch (const std::exception& error) {
    return object([&](JsonWriter& json) { json.text("error", error.what()); });
  }
}

}  // namespace fleetrace::output
