#include "sim/scenario/resolve/resolve_power_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "models/site/build_out.hpp"
#include "models/site/power_tree.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

/// The tree of one site. Empty where something is wrong with it.
std::vector<models::PowerElement> tree_of(const Spec& site, const std::string& path, Diagnostics& diagnostics) {
  static constexpr double kMostWatts = 1e15;
  static constexpr std::int64_t kMostCopies = 20'000;
  const std::vector<Spec>& specs = site.sections("power_tree");
  const std::size_t before = diagnostics.size();
  std::vector<std::string_view> names;
  names.reserve(specs.size());
  for (const Spec& each : specs) names.emplace_back(each.name);
  std::vector<models::PowerElement> tree;
  std::vector<models::Task> order;  // what is fed waits for what feeds it
  double watts = 0;
  std::int64_t copies = 0;
  for (const Spec& each : specs) {
    models::PowerElement element{each.name, each.number("capacity"), each.count("count"), {}};
    if (each.has("from")) {
      for (const std::string& name : each.texts("from")) {
        const auto known = std::find(names.begin(), names.end(), name);
        const auto parent = static_cast<std::size_t>(known - names.begin());
        if (known == names.end()) {
          diagnostics.add({each.value("from").where, path + '.' + each.name + ".from",
                           "there is no element \"" + core::printable(name) + '"',
                           "power comes from elements of its tree", core::suggest(name, names)});
        } else if (std::find(element.from.begin(), element.from.end(), parent) == element.from.end()) {
          element.from.push_back(parent);
        }
      }
    }
    watts += element.capacity * static_cast<double>(element.count);
    copies += element.count;
    order.push_back({each.name, {}, element.from});
    tree.push_back(std::move(element));
  }
  if (!(watts < kMostWatts) || copies > kMostCopies) {
    const bool is_large = copies > kMostCopies;
    diagnostics.add({site.value("power_tree").where, path,
                     is_large ? "it has more than 20 000 copies of elements" : "its elements carry more than 1e15 W",
                     is_large ? "each is a node of the flow" : "power is counted in milliwatt up to that",
                     "Describe larger elements."});
  } else if (diagnostics.size() == before) {
    const auto found = models::critical_path(order);
    if (const auto* cycle = std::get_if<models::TaskCycle>(&found)) {
      const Spec& last = specs[cycle->back()];
      diagnostics.add({last.value("from").where, path + '.' + last.name + ".from",
                       "elements feed each other in a circle",
                       core::printable(last.name) + " is fed by itself through " + std::to_string(cycle->size()) +
                           (cycle->size() == 1 ? " element" : " elements"),
                       "Take one of them out."});
    }
  }
  if (diagnostics.size() > before) tree.clear();
  return tree;
}

fleet::PowerOutages::Copy law_of(const Spec& element, std::size_t copy) {
  fleet::PowerOutages::Copy law;
  law.copy = static_cast<std::uint32_t>(copy);
  law.life.add(1, element.number("mtbf"));
  law.life.resolve_mean();
  law.repair.mean = element.number("repair");
  law.out = law.repair.mean / (law.life.mean + law.repair.mean);
  return law;
}

bool fails(const Spec& element) { return std::isfinite(element.number("mtbf")); }

bool same(const std::vector<models::PowerElement>& a, const std::vector<models::PowerElement>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.capacity == y.capacity && x.count == y.count && x.from == y.from;
  });
}

bool same(const std::vector<fleet::PowerOutages::Copy>& a, const std::vector<fleet::PowerOutages::Copy>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.copy == y.copy && x.life == y.life && x.repair == y.repair;
  });
}

void check_capacities(const std::vector<Spec>& elements, const std::string& path, const fleet::Plant& plant,
                      Diagnostics& diagnostics) {
  const auto& types = plant.market.types;
  for (const Spec& element : elements) {
    const double capacity = element.number("capacity");
    const bool fits_any = types.empty() || std::any_of(types.begin(), types.end(), [&](const auto& type) {
                            return type.nameplate_power <= capacity;
                          });
    if (fits_any) continue;
    diagnostics.add({element.value("capacity").where, path + '.' + element.name + ".capacity",
                     element.shown("capacity") + " does not power a single accelerator",
                     "none of those on sale or installed needs so little", "Correct it."});
  }
}

/// Outages of one site's elements; those of another draw where they are the same.
std::shared_ptr<const fleet::PowerOutages> outages_of(const std::vector<Spec>& elements,
                                                      std::vector<models::PowerElement> tree,
                                                      const std::shared_ptr<const fleet::PowerOutages>& before) {
  auto outages = std::make_shared<fleet::PowerOutages>(std::move(tree));
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!fails(elements[i])) continue;
    const auto count = static_cast<std::size_t>(outages->elements[i].count);
    for (std::size_t k = 0; k < count; ++k) outages->copies.push_back(law_of(elements[i], outages->grid.first(i) + k));
  }
  if (before && same(before->elements, outages->elements) && same(before->copies, outages->copies)) return before;
  outages->tabulate();
  return outages;
}

}  // namespace

double delivered_power(const Spec& site, const std::string& path, Diagnostics& diagnostics) {
  if (site.sections("power_tree").empty()) return kUnlimited;
  const std::vector<models::PowerElement> tree = tree_of(site, path + ".power_tree", diagnostics);
  return tree.empty() ? kUnlimited : models::deliverable_power(tree);
}

void add_power_outages(const Spec& root, const PlantRequest& request, fleet::Plant& plant, Diagnostics& diagnostics) {
  static constexpr std::size_t kMostFlow = 400;
  const std::vector<Spec>& sites = root.sections("sites");
  for (std::size_t i = 0; i < sites.size() && i < plant.sites.size(); ++i) {
    const std::string path = request.prefix + "sites." + sites[i].name + ".power_tree";
    const std::vector<Spec>& elements = sites[i].sections("power_tree");
    const auto first = std::find_if(elements.begin(), elements.end(), fails);
    const std::shared_ptr<const fleet::PowerOutages> before = std::exchange(plant.sites[i].outages, nullptr);
    check_capacities(elements, path, plant, diagnostics);
    if (first == elements.end()) continue;
    const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
      diagnostics.add({first->value("mtbf").where, path + '.' + first->name + ".mtbf", problem, reason, suggestion});
    };
    if (plant.market.types.empty() || plant.market.trend) {
      refuse("an outage takes accelerators along", "capacity (a trend, or an initial fleet) consists of none",
             "Leave it out, or choose hardware with accelerators.");
      continue;
    }
    Diagnostics known;  // has been said
    std::vector<models::PowerElement> tree = tree_of(sites[i], path, known);
    if (tree.empty()) continue;
    if (models::PowerTreeState(tree).flow_nodes() > kMostFlow) {
      refuse("too many elements have several sources", "each outage is a maximum flow through all of them",
             "Describe larger elements, or let each be fed by one.");
      continue;
    }
    plant.sites[i].outages = outages_of(elements, std::move(tree), before);
  }
}

void interrupt_by_outages(fleet::Plant& plant, const std::vector<std::uint32_t>& used) {
  fleet::Operations& operations = plant.operations;
  if (!operations.job) return;
  operations.job->outages_per_ms = 0;
  for (std::uint32_t i = 0; i < plant.sites.size(); ++i) {
    const std::shared_ptr<const fleet::PowerOutages>& outages = plant.sites[i].outages;
    const bool is_initial = std::any_of(
        plant.initial.begin(), plant.initial.end(),
        [i](const fleet::InitialCohort& cohort) { return cohort.site == fleet::kAnySite || cohort.site == i; });
    if (!outages || (!is_initial && std::find(used.begin(), used.end(), i) == used.end())) continue;
    operations.job->outages_per_ms += operations.job->size > 0 ? outages->share_losses_per_ms : outages->losses_per_ms;
  }
}

}  // namespace fleetrace::scenario
