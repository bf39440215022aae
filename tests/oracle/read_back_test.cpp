#include <algorithm>
#include <bit>
#include <fstream>
#include <random>

#include "sim/api/resolved.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/core/schema/uncertain.hpp"
#include "sim/core/text/json_writer.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/output/studies/input_values.hpp"
#include "sim/reader/reader.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/inputs/scalar_input.hpp"
#include "sim/scenario/reference/paths.hpp"
#include "sim/scenario/schema/locate.hpp"
#include "tests/oracle/random_scenario.hpp"

/// Whatever is written is read back to the same bits: every shipped scenario and 1,000 random ones, as YAML and as JSON, with
/// quantities in all of their units, with distributions, drawn, and with every number set anew.

namespace {

using namespace fleetrace;
using core::Parameter;
using core::Shape;
using core::Spec;
using core::Value;

constexpr std::uint64_t kScenarios = 1'000;

Spec read(const std::string& yaml) {
  core::Diagnostics diagnostics;
  reader::Strangers strangers;
  Spec spec = reader::read_scenario(reader::parse_yaml(yaml, "x.yaml", diagnostics), diagnostics, strangers);
  if (!diagnostics.empty()) FAIL(to_string(diagnostics.found().front()) << '\n' << yaml);
  return spec;
}

std::string shown(const Spec& spec) { return to_yaml(scenario::Scenario(spec)); }

// The first place at which two scenarios differ by a bit; empty where they do not.
std::string difference(const Spec& a, const Spec& b, const std::string& path = {});

bool same_number(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

std::string difference(const Value& a, const Value& b, const std::string& path) {
  if (a.data.index() != b.data.index()) return path + " is of another kind";
  if ((a.uncertain == nullptr) != (b.uncertain == nullptr)) return path + " has a law in one";
  if (a.uncertain) {
    for (const double u : {0x1p-40, 0.05, 0.3, 0.5, 0.77, 1 - 0x1p-40}) {
      if (!same_number(a.uncertain->at(u), b.uncertain->at(u))) return path + " has another law";
    }
  }
  if (const auto* number = std::get_if<double>(&a.data))
    return same_number(*number, std::get<double>(b.data)) ? "" : path + ": " + a.source_text + ", " + b.source_text;
  if (const auto* numbers = std::get_if<std::vector<double>>(&a.data)) {
    const auto& others = std::get<std::vector<double>>(b.data);
    return std::equal(numbers->begin(), numbers->end(), others.begin(), others.end(), same_number) ? "" : path;
  }
  if (const auto* specs = std::get_if<std::vector<Spec>>(&a.data)) {
    const auto& others = std::get<std::vector<Spec>>(b.data);
    if (specs->size() != others.size()) return path + " has another length";
    for (std::size_t i = 0; i < specs->size(); ++i) {
      if (std::string found = difference((*specs)[i], others[i], path + '.' + std::to_string(i)); !found.empty())
        return found;
    }
    return {};
  }
  if (const auto* text = std::get_if<std::string>(&a.data)) return *text == std::get<std::string>(b.data) ? "" : path;
  if (const auto* date = std::get_if<core::Time>(&a.data))
    return *date == std::get<core::Time>(b.data) ? "" : path + ": " + a.source_text + ", " + b.source_text;
  if (const auto* flag = std::get_if<bool>(&a.data)) return *flag == std::get<bool>(b.data) ? "" : path;
  if (const auto* texts = std::get_if<std::vector<std::string>>(&a.data))
    return *texts == std::get<std::vector<std::string>>(b.data) ? "" : path;
  return {};
}

std::string difference(const Spec& a, const Spec& b, const std::string& path) {
  if (a.entry != b.entry) return path + " is of another model";
  if (a.name != b.name) return path + " has another name";
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const std::string here = path + '.' + std::string(a.entry->parameters[i].name);
    if (std::string found = difference(a.values[i], b.values[i], here); !found.empty()) return found;
  }
  return {};
}

template <class Visit>
void each_value(Spec& spec, Visit& visit, bool may_be_uncertain = true) {
  for (std::size_t i = 0; i < spec.values.size(); ++i) {
    const Parameter& parameter = spec.entry->parameters[i];
    Value& value = spec.values[i];
    const bool below = may_be_uncertain &&
                       (spec.entry != &scenario::scenario_entry() || scenario::may_be_uncertain(parameter.name));
    if (auto* specs = std::get_if<std::vector<Spec>>(&value.data)) {
      for (Spec& each : *specs) each_value(each, visit, below);
    } else if (value.given()) {
      visit(parameter, value, below);
    }
  }
}

/// Writes numbers in other units, with other digits, and as distributions.
class Rewriter {
 public:
  explicit Rewriter(std::uint64_t seed) : generator_(seed) {}

  void operator()(const Parameter& parameter, Value& value, bool may_be_uncertain) {
    const auto* number = std::get_if<double>(&value.data);
    if (number == nullptr || !std::isfinite(*number) || parameter.sourced || value.uncertain) return;
    if (parameter.shape != Shape::quantity && parameter.shape != Shape::growth && parameter.shape != Shape::instant)
      return;
    const core::Dimension dimension = parameter.shape == Shape::growth ? core::Dimension::growth : parameter.dimension;
    const bool is_whole = dimension == core::Dimension::count;
    const std::string text = is_whole ? value.source_text : in_some_unit(dimension, *number);
    const auto read = core::read_value(parameter, core::growth_keys(parameter).rate, text, false);
    if (read.index() != 0) return;  // rounded out of its range
    value.source_text = text;
    value.preset = false;
    if (!may_be_uncertain || !core::may_be_uncertain(parameter) || is_whole || *number == 0 || chance() < 0.7) return;
    const std::string other = in_some_unit(dimension, *number * (1 + 0.1 * chance()));
    if (core::read_value(parameter, core::growth_keys(parameter).rate, other, false).index() != 0) return;
    value.source_text = chance() < 0.5 ? "{choice: {values: [" + text + ", " + other + "], weights: [3, 1.25]}}"
                                       : "{empirical: {values: [" + other + ", " + text + "]}}";
  }

 private:
  double chance() { return static_cast<double>(generator_() >> 11) * 0x1p-53; }

  std::string in_some_unit(core::Dimension dimension, double value) {
    const std::string all = core::units(dimension);
    std::vector<std::string> units;
    for (std::size_t from = 0; from < all.size();) {
      const std::size_t end = std::min(all.find(", ", from), all.size());
      units.push_back(all.substr(from, end - from));
      from = end + 2;
    }
    const std::string unit = units.empty() ? "" : units[generator_() % units.size()];
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.*g", static_cast<int>(3 + generator_() % 15),
                  core::amount_in(dimension, value, unit));
    return buffer + (unit.empty() ? "" : ' ' + unit);
  }

  std::mt19937_64 generator_;
};

std::string json_text(const std::string& text) {
  core::JsonWriter writer(core::JsonWriter::Layout::compact);
  writer.text(text);
  std::string written = std::move(writer).finish();
  written.pop_back();
  return written;
}

/// A document as JSON in which every scalar but flags is a text.
std::string json(const reader::Node& node) {
  std::string text;
  switch (node.kind) {
    case reader::Node::Kind::scalar:
      return node.scalar == "true" || node.scalar == "false" ? node.scalar : json_text(node.scalar);
    case reader::Node::Kind::sequence:
      for (const reader::Node& item : node.items) text += (text.empty() ? "" : ", ") + json(item);
      return '[' + text + ']';
    case reader::Node::Kind::mapping:
      for (const reader::Member& member : node.members)
        text += (text.empty() ? "" : ", ") + json_text(member.key) + ": " + json(member.value);
      return '{' + text + '}';
    case reader::Node::Kind::null: break;
  }
  return "null";
}

std::string as_json(const std::string& yaml) {
  core::Diagnostics diagnostics;
  return json(reader::parse_yaml(yaml, "x.yaml", diagnostics));
}

/// Draws with the laws' values in their places.
void check_draw(const Spec& spec, std::uint32_t replication) {
  const scenario::Inputs inputs{scenario::Scenario(spec)};
  if (inputs.all().empty()) return;
  const std::vector<double> uniforms = inputs.uniforms({1, replication, fleet::InputDraw::drawn});
  const scenario::Scenario drawn = inputs.at(inputs.values(uniforms));
  CHECK(difference(drawn.root(), read(to_yaml(drawn))).empty());
  const std::vector<double> written = inputs.written_values(uniforms);
  for (std::size_t i = 0; i < written.size(); ++i) {
    const scenario::UncertainInput& input = inputs.all()[i];
    const auto again = core::parse_quantity(input.law.dimension(), input.text(written[i]));
    if (again.index() != 0 || std::get<double>(again) != written[i]) FAIL(input.path << ": " << input.text(written[i]));
  }
}

/// Sets every number that can be set, one after the other, and reads what is written then.
void check_settable(const Spec& spec, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  scenario::Scenario scenario(spec);
  for (const scenario::Path& path : scenario::paths(scenario)) {
    const auto found = scenario::ScalarInput::at(scenario, path.path);
    const auto* input = std::get_if<scenario::ScalarInput>(&found);
    if (input == nullptr || input->is_uncertain || input->is_whole || !std::isfinite(input->current)) continue;
    const double to = input->current * (0.5 + static_cast<double>(generator() >> 11) * 0x1p-53);
    const scenario::LocatedValue place = scenario::locate(scenario.edit(), path.path);
    if (!input->range.contains(to) ||
        core::read_value(*place.parameter, place.key, input->text(to), false).index() != 0)
      continue;
    const auto back = input->read(input->text(to));
    if (back.index() != 0) FAIL(path.path << ": " << input->text(to));
    if (!input->is_date && std::get<double>(back) != to) FAIL(path.path << ": " << input->text(to));
    input->set(scenario, to);
  }
  const std::string found = difference(scenario.root(), read(to_yaml(scenario)));
  if (!found.empty()) FAIL(found);
}

void check_all(const std::string& yaml, std::uint64_t seed) {
  const Spec spec = read(yaml);
  const std::string written = shown(spec);
  if (const std::string found = difference(spec, read(written)); !found.empty()) FAIL(found << '\n' << written);
  if (const std::string found = difference(spec, read(as_json(written))); !found.empty())
    FAIL(found << '\n' << written);
  check_draw(spec, static_cast<std::uint32_t>(seed));
  check_settable(spec, seed);
}

}  // namespace

TEST_CASE("every shipped scenario is read back as it is written", "[read_back]") {
  for (const std::string_view name : reader::scenario_names())
    check_all(reader::read_source(std::string(name)).bytes, 1);
}

TEST_CASE("a thousand random scenarios are read back as they are written", "[read_back]") {
  std::size_t laws = 0;
  std::uint64_t count = 0;
  for (std::uint64_t seed = 0; count < kScenarios; ++seed) {
    INFO("scenario " << seed);
    const std::string random = "fleetrace: 1\nname: test\n" +
                               test::RandomScenario(seed, seed % 2 == 1, seed % 3 == 1, seed % 5 < 2).yaml();
    // Some name an accelerator before there is one.
    if (random.find("accelerator: ,") != std::string::npos) continue;
    ++count;
    Spec spec = read(random);
    Rewriter rewriter(seed);
    each_value(spec, rewriter);
    const std::string yaml = shown(spec);
    laws += static_cast<std::size_t>(std::count(yaml.begin(), yaml.end(), '['));
    check_all(yaml, seed);
  }
  CHECK(laws > kScenarios);
}

// The law is of times: 1 to 3 yr. What is kept of a draw is a time, and one that is correlated by +0.9 with a lifetime rises with it.
TEST_CASE("a doubling time is shown as a time", "[read_back]") {
  const Spec spec = read(R"(fleetrace: 1
name: times
horizon: {start: 2024-01-01, length: 2 yr}
hardware: {model: trend, price_performance_doubling: {uniform: {low: 12 months, high: 36 months}}}
initial_fleet: [{capacity: 1e18 FLOP/s}]
strategies: {hare: {buy: front_loaded, budget: 1e8 USD}}
)");
  const scenario::Inputs inputs{scenario::Scenario(spec)};
  REQUIRE(inputs.all().size() == 1);
  const scenario::UncertainInput& input = inputs.all().front();
  CHECK(output::input_column(input) == "hardware.price_performance_doubling_months");
  for (const double u : {0.0, 0.25, 1.0}) {
    const std::vector<double> uniforms{u};
    CHECK(input.in_unit(inputs.written_values(uniforms).front()) == Approx(12 + 24 * u).epsilon(1e-14));
    CHECK(inputs.values(uniforms).front() == Approx(1 / (1 + 2 * u)).epsilon(1e-14));
  }
  CHECK(input.text(inputs.written_medians().front()) == "24 months");
  for (std::uint32_t i = 0; i < 1'000; ++i) check_draw(spec, i);
}
