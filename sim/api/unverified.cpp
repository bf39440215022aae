#include <algorithm>

#include "fleetrace/core/quantity.hpp"
#include "sim/api/race.hpp"
#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/accelerators.hpp"
#include "sim/scenario/schema/site_entry.hpp"

namespace fleetrace {
namespace {

using core::Parameter;
using core::Spec;
using core::Value;

/// Collects what nobody has read in its source.
class Search {
 public:
  std::vector<std::string> run(const Run& race) {
    counts_emissions_ = std::any_of(race.setups.begin(), race.setups.end(),
                                    [](const fleet::StrategySetup& setup) { return setup.plant.has_power(); });
    visit(race.scenario.root(), "");
    // Without sites there is one, of which the defaults are all that is known.
    if (race.scenario.root().sections("sites").empty()) visit(core::preset_spec(site_entry_), "sites.NAME");
    for (const fleet::NamedLaw& law : race.setups.front().loss.comparison_laws) {
      const Spec defaults = core::preset_spec(*models::loss_family().find(law.name));
      visit(defaults, "loss.beside." + law.name);
    }
    const models::OwnAccelerators accelerators = scenario::accelerators_of(race.scenario);
    for (const fleet::StrategySetup& setup : race.setups) {
      for (const models::AcceleratorType& type : setup.plant.market.types) {
        if (const Spec* data = accelerators.find(type.name)) visit_catalog(*data, type);
      }
    }
    return std::move(found_);
  }

 private:
  void add(const std::string& path, const Value& value) {
    std::string text = path + " (" + value.source_text + ')';
    if (std::find(found_.begin(), found_.end(), text) == found_.end()) found_.push_back(std::move(text));
  }

  void visit(const Spec& spec, const std::string& path) {
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
      const Parameter& parameter = spec.entry->parameters[i];
      const bool is_of_emissions = spec.entry == &site_entry_ &&
                                   (parameter.name == "carbon" || parameter.name == "water");
      if (is_of_emissions && !counts_emissions_) continue;
      const Value& value = spec.values[i];
      const std::string here = path + (path.empty() ? "" : ".") + std::string(parameter.name);
      // Writing the default down does not verify it.
      if (value.given() && !parameter.verified && value.source_text == parameter.preset) add(here, value);
      const auto* sections = std::get_if<std::vector<Spec>>(&value.data);
      if (sections == nullptr) continue;
      for (std::size_t k = 0; k < sections->size(); ++k) {
        const Spec& section = (*sections)[k];
        const bool is_one = parameter.shape == core::Shape::section || parameter.shape == core::Shape::changes;
        visit(section, is_one ? here : here + '.' + (section.name.empty() ? std::to_string(k) : section.name));
      }
    }
  }

  /// Only what a race uses: its memory and bandwidth matter to nobody here.
  void visit_catalog(const Spec& data, const models::AcceleratorType& type) {
    for (const std::string_view name : {"released", "off_sale", "bf16", "fp8", "fp4", "server_power", "average_draw",
                                        "price", "priced", "server_overhead"}) {
      const Value& value = data.value(name);
      const bool is_peak = name == "bf16" || name == "fp8" || name == "fp4";
      const bool other_precision = is_peak && value.given() && data.number(name) != type.peak;
      if (!other_precision && value.provenance && value.provenance->verified == "unverified") {
        add(type.name + '.' + std::string(name), value);
      }
    }
  }

  const core::Entry& site_entry_ = *scenario::site_family().entries.front();
  bool counts_emissions_ = false;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> unverified_inputs(const Run& run) { return Search().run(run); }

}  // namespace fleetrace
