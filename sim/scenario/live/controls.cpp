#include "sim/scenario/live/controls.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/live/control_scale.hpp"
#include "sim/scenario/schema/locate.hpp"

namespace fleetrace::scenario {
namespace {

struct Words {
  std::string_view key;  ///< last key of a path
  std::string_view label;
};
constexpr std::array kWords = {
    Words{"power", "Site power"},
    Words{"budget", "Budget"},
    Words{"lead_time", "Delivery lead time"},
    Words{"lifetime", "Accelerator lifetime"},
    Words{"length", "Horizon"},
    Words{"doubling", "Algorithms double in"},
    Words{"price_performance_doubling", "Chips per dollar double in"},
    Words{"energy_efficiency_doubling", "Chips per watt double in"},
    Words{"mfu", "Utilisation (MFU)"},
    Words{"electricity", "Electricity price"},
    Words{"kappa", "Loss exponent (kappa)"},
    Words{"at", "Purchase after"},
    Words{"mtbf", "Time between failures"},
    Words{"cadence", "Years between chips"},
    Words{"pue", "Power overhead (PUE)"},
};

std::vector<std::string> keys_of(const std::string& path) {
  std::vector<std::string> keys(1);
  for (const char c : path) {
    if (c == '.') {
      keys.emplace_back();
    } else {
      keys.back() += c;
    }
  }
  return keys;
}

std::string label_of(const std::vector<std::string>& keys) {
  std::string label = keys.back();
  const auto* const known = std::find_if(kWords.begin(), kWords.end(),
                                         [&](const Words& each) { return each.key == keys.back(); });
  if (known != kWords.end()) {
    label = known->label;
  } else {
    std::replace(label.begin(), label.end(), '_', ' ');
    if (label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
  }
  return label;
}

/// The controls so far, and what they are made from.
class Controls {
 public:
  explicit Controls(const Scenario& scenario) : scenario_(scenario), inputs_(scenario) {}

  /// Adds a control for these paths where they all hold one and the same finite number.
  bool add(const std::vector<std::string>& paths, const std::string& label) {
    if (paths.empty() || controls_.size() == kMostControls) return false;
    std::optional<ScalarInput> first;
    for (const std::string& path : paths) {
      const auto found = ScalarInput::at(scenario_, path);
      const auto* const input = std::get_if<ScalarInput>(&found);
      if (input == nullptr || is_taken(path)) return false;
      if (first && first->current != input->current) return false;
      if (!first) first = *input;
    }
    LiveControl control;
    control.paths = paths;
    control.label = label;
    control.key = paths.size() > 1 ? keys_of(paths.front()).back() : paths.front();
    if (!give_scale(control, *first, scenario_)) return false;
    say_source(control);
    controls_.push_back(std::move(control));
    return true;
  }
  bool add(const std::string& path) { return add({path}, label_of(keys_of(path))); }
  /// Adds a control whose label says which strategy it is of, and of several sites which one.
  bool add_named(const std::string& path) {
    const std::vector<std::string> keys = keys_of(path);
    std::string label = label_of(keys);
    if (keys.size() > 2 && keys.front() == "strategies")
      label = keys.back() == "at" ? keys[1] + " buys after" : label + " for " + keys[1];
    if (keys.size() > 2 && keys.front() == "sites" && scenario_.root().sections("sites").size() > 1)
      label += " of " + keys[1];
    return add({path}, label);
  }

  [[nodiscard]] const Inputs& inputs() const { return inputs_; }
  [[nodiscard]] std::vector<LiveControl> take() {
    shorten_keys();
    return std::move(controls_);
  }

 private:
  [[nodiscard]] bool is_taken(const std::string& path) const {
    return std::any_of(controls_.begin(), controls_.end(), [&](const LiveControl& each) {
      return std::find(each.paths.begin(), each.paths.end(), path) != each.paths.end();
    });
  }

  void say_source(LiveControl& control) const {
    const core::Value* const value = find(scenario_, control.paths.front());
    if (value == nullptr) return;
    control.source = (value->uncertain ? "uncertain: "
                      : value->preset  ? "default: "
                                       : "in the scenario: ") +
                     value->source_text;
    if (!value->preset) control.line = value->where.line;
    const std::string source = value->preset ? default_source(control.paths.front()) : std::string();
    if (!source.empty()) control.source += ", " + source;
  }

  /// Where the default of a parameter comes from; empty where it is neutral.
  [[nodiscard]] std::string default_source(const std::string& path) const {
    const LocatedValue place = locate(const_cast<core::Spec&>(scenario_.root()), path);
    return place.parameter == nullptr ? std::string() : std::string(place.parameter->source);
  }

  /// Every key becomes the shortest end of its path that no other has.
  void shorten_keys() {
    for (LiveControl& each : controls_) {
      if (each.paths.size() > 1) continue;
      const std::vector<std::string> keys = keys_of(each.paths.front());
      std::string key = keys.back();
      for (std::size_t more = keys.size() - 1; more-- > 0 && is_shared(key, each);) key.insert(0, keys[more] + '.');
      each.key = key;
    }
  }
  [[nodiscard]] bool is_shared(const std::string& key, const LiveControl& own) const {
    return std::any_of(controls_.begin(), controls_.end(), [&](const LiveControl& each) {
      const std::string& path = each.paths.size() > 1 ? each.key : each.paths.front();
      return &each != &own &&
             (path == key || (path.size() > key.size() && path.substr(path.size() - key.size() - 1) == '.' + key));
    });
  }

  const Scenario& scenario_;
  Inputs inputs_;
  std::vector<LiveControl> controls_;
};

std::string part_of(const std::string& name, std::size_t count) { return count > 1 ? " of " + name : std::string(); }

void add_sites_and_budgets(const Scenario& scenario, Controls& controls) {
  const std::vector<core::Spec>& sites = scenario.root().sections("sites");
  for (std::size_t i = 0; i < sites.size() && i < 3; ++i) {
    const std::string label = sites.size() == 1 ? "Site power" : "Power of " + sites[i].name;
    controls.add({"sites." + sites[i].name + ".power"}, label);
  }
  std::vector<std::string> budgets;
  for (const core::Spec& strategy : scenario.root().sections("strategies")) {
    if (strategy.entry->find("budget") != nullptr && strategy.has("budget"))
      budgets.push_back("strategies." + strategy.name + ".budget");
  }
  if (controls.add(budgets, budgets.size() > 1 ? "Budget of each" : "Budget")) return;
  for (std::size_t i = 0; i < budgets.size() && i < 4; ++i)
    controls.add({budgets[i]}, "Budget" + part_of(keys_of(budgets[i])[1], budgets.size()));
}

}  // namespace

std::vector<LiveControl> live_controls(const Scenario& scenario) {
  Controls controls(scenario);
  if (scenario.root().has("live")) {
    for (const std::string& path : scenario.root().texts("live")) controls.add_named(path);
    return controls.take();
  }
  add_sites_and_budgets(scenario, controls);
  for (const UncertainInput& each : controls.inputs().all()) {
    controls.add_named(each.path);
  }
  controls.add("supply.lead_time");
  for (const core::Spec& strategy : scenario.root().sections("strategies"))
    controls.add({"strategies." + strategy.name + ".at"}, strategy.name + " buys after");
  controls.add("operations.lifetime");
  controls.add("progress.doubling");
  if (!controls.add("hardware.price_performance_doubling")) controls.add("hardware.then.price_performance_doubling");
  controls.add("operations.mfu");
  controls.add("horizon.length");
  for (const core::Spec& site : scenario.root().sections("sites"))
    controls.add({"sites." + site.name + ".electricity"},
                 "Electricity price" + part_of(site.name, scenario.root().sections("sites").size()));
  controls.add("operations.failures.mtbf");
  return controls.take();
}

}  // namespace fleetrace::scenario
