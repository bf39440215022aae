#include <set>
#include <tuple>

#include "fleetrace/core/parameter.hpp"
#include "fleetrace/core/spec.hpp"
#include "python/src/module.hpp"
#include "sim/scenario/accelerators.hpp"
#include "sim/scenario/resolve/resolve.hpp"

namespace fleetrace::python {
namespace {

using core::Spec;
using core::Value;

/// (source, path, whether somebody checked it against the source) of a number.
using Sourced = std::tuple<std::string, std::string, bool>;

/// The numbers of a scenario that have a source: data of the catalog, and defaults.
class Sources {
 public:
  std::vector<Sourced> of(const scenario::Scenario& scenario) {
    visit(scenario.root(), "");
    const models::OwnAccelerators accelerators = scenario::accelerators_of(scenario);
    for (const fleet::StrategySetup& setup : scenario::resolve(scenario, fleet::Draw{})) {
      for (const models::AcceleratorType& type : setup.plant.market.types) {
        const Spec* data = accelerators.find(type.name);
        if (data != nullptr && seen_.insert(type.name).second) visit(*data, type.name);
      }
    }
    return std::move(found_);
  }

 private:
  void visit(const Spec& spec, const std::string& path) {
    for (std::size_t i = 0; i < spec.values.size(); ++i) {
      const core::Parameter& parameter = spec.entry->parameters[i];
      const Value& value = spec.values[i];
      const std::string here = path + (path.empty() ? "" : ".") + std::string(parameter.name);
      if (value.provenance) {
        found_.emplace_back(value.provenance->source, here, value.provenance->verified != "unverified");
      } else if (value.given() && !parameter.source.empty() && value.source_text == parameter.preset) {
        found_.emplace_back(parameter.source, here, parameter.verified);
      }
      const auto* sections = std::get_if<std::vector<Spec>>(&value.data);
      if (sections == nullptr) continue;
      for (std::size_t k = 0; k < sections->size(); ++k) {
        const Spec& section = (*sections)[k];
        const bool is_one = parameter.shape == core::Shape::section || parameter.shape == core::Shape::changes;
        visit(section, is_one ? here : here + '.' + (section.name.empty() ? std::to_string(k) : section.name));
      }
    }
  }

  std::vector<Sourced> found_;
  std::set<std::string> seen_;
};

}  // namespace

void bind_sources(py::module_& module) {
  module.def(
      "sources", [](const Scenario& scenario) { return Sources().of(scenario.details()); }, py::arg("scenario"));
}

}  // namespace fleetrace::python
