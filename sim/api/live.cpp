#include "sim/api/live.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/numeric/math.hpp"
#include "sim/core/units/written_unit.hpp"
#include "sim/scenario/inputs/inputs.hpp"
#include "sim/scenario/inputs/scalar_input.hpp"

namespace fleetrace {
namespace {

using core::Dimension;
using scenario::ScalarInput;

constexpr std::size_t kMostControls = 12;
/// Part of the horizon up to which a purchase may be moved: on its last day none makes sense.
constexpr double kBeforeTheEnd = 0.97;

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

/// A number with few digits that is not above (or not below) another.
double rounded(double value, bool up) {
  if (value == 0) return 0;
  const double size = core::pow(10, std::floor(core::log(std::fabs(value)) / core::log(10)) - 1);
  return (up ? std::ceil(value / size) : std::floor(value / size)) * size;
}

/// The unit in which people move such a number.
std::string unit_for(const ScalarInput& input) {
  const double size = std::fabs(input.current);
  switch (input.dimension) {
    case Dimension::money: return size >= 1e9 ? "billion USD" : size >= 1e6 ? "million USD" : "USD";
    case Dimension::money_rate: return size >= 1e9 ? "billion USD/yr" : size >= 1e6 ? "million USD/yr" : "USD/yr";
    case Dimension::power: return size >= 1e9 ? "GW" : size >= 1e5 ? "MW" : input.unit;
    case Dimension::duration:
      if (input.is_date) return "yr";
      if (input.unit == "month") return "months";
      if (input.unit == "day") return "days";
      return size == 0 ? "months" : input.unit;
    default: return input.unit;
  }
}

class Controls {
 public:
  explicit Controls(const scenario::Scenario& scenario)
      : scenario_(scenario), inputs_(scenario), horizon_(horizon_of(scenario)), latest_(latest_purchase_of(scenario)) {}

  /// Adds a control for these paths where they all hold one and the same finite number.
  bool add(const std::vector<std::string>& paths, const std::string& label) {
    if (paths.empty() || controls_.size() == kMostControls) return false;
    std::optional<ScalarInput> first;
    for (const std::string& path : paths) {
      const auto found = ScalarInput::at(scenario_, path);
      const auto* const input = std::get_if<ScalarInput>(&found);
      if (input == nullptr || !std::isfinite(input->current) || is_taken(path)) return false;
      if (first && first->current != input->current) return false;
      if (!first) first = *input;
    }
    LiveControl control;
    control.paths = paths;
    control.label = label;
    control.key = paths.size() > 1 ? keys_of(paths.front()).back() : paths.front();
    control.unit = unit_for(*first);
    control.is_whole = first->is_whole;
    first->unit = control.unit;
    first->is_date = false;
    describe(*first, control);
    if (!(control.low < control.high)) return false;
    controls_.push_back(std::move(control));
    return true;
  }
  bool add(const std::string& path) { return add({path}, label_of(keys_of(path))); }

  [[nodiscard]] const scenario::Inputs& inputs() const { return inputs_; }
  [[nodiscard]] std::vector<LiveControl> take() {
    shorten_keys();
    return std::move(controls_);
  }

 private:
  static double horizon_of(const scenario::Scenario& scenario) {
    const auto found = ScalarInput::at(scenario, "horizon.length");
    const auto* const length = std::get_if<ScalarInput>(&found);
    return length != nullptr ? length->current : 0;
  }

  /// The latest date at which a strategy is to buy [ms from the start]; 0 where none names one.
  static double latest_purchase_of(const scenario::Scenario& scenario) {
    double latest = 0;
    for (const core::Spec& strategy : scenario.root().sections("strategies")) {
      const auto found = ScalarInput::at(scenario, "strategies." + strategy.name + ".at");
      if (const auto* const date = std::get_if<ScalarInput>(&found)) latest = std::max(latest, date->current);
    }
    return latest;
  }

  [[nodiscard]] bool is_taken(const std::string& path) const {
    return std::any_of(controls_.begin(), controls_.end(), [&](const LiveControl& each) {
      return std::find(each.paths.begin(), each.paths.end(), path) != each.paths.end();
    });
  }

  void describe(const ScalarInput& input, LiveControl& control) const {
    const double unit = input.unit_size();
    control.value = input.current / unit;
    control.source = source_of(input);
    const bool is_fraction = input.dimension == Dimension::number && input.range.high <= 1;
    const std::string key = keys_of(input.path).back();
    double low = control.value / 8;
    double high = control.value * 8;
    control.is_logarithmic = control.value > 0 && !is_fraction;
    if (key == "at" && horizon_ > 0) {
      low = 0;
      high = rounded(kBeforeTheEnd * horizon_ / unit, false);
      control.is_logarithmic = false;
    } else if (key == "lead_time") {
      low = 0;
      high = std::max(2 * static_cast<double>(core::kYear.milliseconds()) / unit, 3 * control.value);
      control.is_logarithmic = false;
    } else if (key == "length") {
      low = rounded(std::max(control.value / 4, latest_ / kBeforeTheEnd / unit), true);
      high = control.value * 2;
    } else if (is_fraction) {
      low = 0;
      high = 1;
    } else if (input.dimension == Dimension::duration) {
      low = control.value / 4;
      high = control.value * 4;
    } else if (input.dimension == Dimension::number) {
      low = control.value / 2;
      high = control.value * 2;
    } else if (control.value <= 0) {
      return;  // nothing tells how large it may become
    }
    for (const scenario::UncertainInput& each : inputs_.all()) {
      if (each.path != input.path) continue;
      control.likely = {each.law.law().quantile(0.05) / unit, each.law.law().quantile(0.95) / unit};
      low = std::min(low, control.likely->first);
      high = std::max(high, control.likely->second);
    }
    // The end of an open range is no valid value.
    const double least = input.range.low / unit;
    const double most = input.range.high / unit;
    control.low = std::max(rounded(low, false), least);
    control.high = std::min(rounded(high, true), most);
    if (input.range.low_open && control.low <= least) control.low = std::max(control.high, control.value) / 1000;
    if (control.is_logarithmic && control.low <= 0) control.is_logarithmic = false;
  }

  [[nodiscard]] std::string source_of(const ScalarInput& input) const {
    const core::Value* const value = scenario::find(scenario_, input.path);
    if (value == nullptr) return {};
    if (value->uncertain) return "uncertain: " + value->source_text;
    return (value->preset ? "default: " : "in the scenario: ") + value->source_text;
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

  const scenario::Scenario& scenario_;
  scenario::Inputs inputs_;
  double horizon_;
  double latest_;
  std::vector<LiveControl> controls_;
};

std::string part_of(const std::string& name, std::size_t count) { return count > 1 ? " of " + name : std::string(); }

void add_sites_and_budgets(const scenario::Scenario& scenario, Controls& controls) {
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

std::vector<LiveControl> live_controls(const scenario::Scenario& scenario) {
  Controls controls(scenario);
  add_sites_and_budgets(scenario, controls);
  for (const scenario::UncertainInput& each : controls.inputs().all()) {
    const std::vector<std::string> keys = keys_of(each.path);
    const std::string of = keys.front() == "strategies" && keys.size() > 2 ? " for " + keys[1] : "";
    controls.add({each.path}, label_of(keys) + of);
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

}  // namespace fleetrace
