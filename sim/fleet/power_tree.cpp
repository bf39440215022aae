#include "power_tree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fleetrace/models/build_out.hpp"
#include "fleetrace/models/power_tree.hpp"

namespace fleetrace::fleet {
namespace {

using core::Diagnostics;
using core::Dimension;
using core::Shape;
using core::Spec;

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

const core::Entry kElement{
    .name = "power_element",
    .summary = "A feed, transformer, hall, row or rack: identical copies that power goes through.",
    .parameters =
        {
            {.name = "capacity",
             .summary = "IT power that each copy carries",
             .dimension = Dimension::power,
             .range = core::above(0),
             .required = true},
            {.name = "count",
             .summary = "copies; side by side with those of what feeds them, in order",
             .dimension = Dimension::count,
             .range = core::between(1, 1e4),
             .preset = "1"},
            {.name = "from",
             .summary = "what feeds it, several where they are redundant; the grid where it is left out",
             .shape = Shape::texts},
            {.name = "mtbf",
             .summary = "mean time between outages of a copy, while it is up; exponential",
             .dimension = Dimension::duration,
             .range = core::at_least(1),
             .preset = "unlimited",
             .unbounded = "unlimited"},
            {.name = "repair",
             .summary = "mean length of an outage; exponential",
             .dimension = Dimension::duration,
             .range = core::at_least(0),
             .preset = "0 h"},
        },
    .scope =
        "What the tree delivers is a maximum flow from the grid to what feeds nothing else. An outage of one copy takes what "
        "the rest of the tree cannot deliver, counted in accelerators of the first type: nothing where another element "
        "stands in. Copies go out one at a time and independently, as failure domains do (operations.failures.domains): two "
        "that are out together are not looked at together, and domains are cut from what is installed together. One site "
        "only where there are outages."};
constexpr const core::Entry* kEntries[] = {&kElement};

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

/// A domain whose outages take so many accelerators along.
models::FailureDomain domain_of(const Spec& element, double lost_watts, double nameplate) {
  models::FailureDomain domain;
  domain.size = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(lost_watts / nameplate * (1 + 1e-12))));
  domain.life.add(1, element.number("mtbf"));
  domain.life.resolve_mean();
  domain.repair.mean = element.number("repair");
  domain.availability = domain.life.mean / (domain.life.mean + domain.repair.mean);
  return domain;
}

}  // namespace

const core::Family& power_element_family() {
  static constexpr core::Family kFamily{
      .name = "power_element", .summary = {}, .selector = {}, .entries = kEntries, .preset = "power_element"};
  return kFamily;
}

double delivered_power(const Spec& site, const std::string& path, Diagnostics& diagnostics) {
  if (site.sections("power_tree").empty()) return kUnlimited;
  const std::vector<models::PowerElement> tree = tree_of(site, path + ".power_tree", diagnostics);
  return tree.empty() ? kUnlimited : models::deliverable_power(tree);
}

void add_power_outages(const Spec& root, const PlantRequest& request, Plant& plant, Diagnostics& diagnostics) {
  for (const Spec& site : root.sections("sites")) {
    const std::string path = request.prefix + "sites." + site.name + ".power_tree";
    const std::vector<Spec>& elements = site.sections("power_tree");
    std::vector<models::PowerElement> tree;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      const Spec& element = elements[i];
      if (std::isinf(element.number("mtbf"))) continue;
      const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
        diagnostics.add(
            {element.value("mtbf").where, path + '.' + element.name + ".mtbf", problem, reason, suggestion});
      };
      if (plant.sites.size() > 1) {
        return refuse("outages of elements need a site alone", "domains are cut from all that is installed together",
                      "Leave it out, or state operations.failures.domains.");
      }
      if (plant.market.types.empty() || plant.market.trend) {
        return refuse("an outage takes accelerators along", "capacity (a trend, or an initial fleet) consists of none",
                      "Leave it out, or choose hardware with accelerators.");
      }
      if (tree.empty()) {
        Diagnostics known;  // has been said
        tree = tree_of(site, path, known);
        if (tree.empty()) return;
      }
      const double lost = models::deliverable_power(tree) - models::deliverable_power(tree, i);
      if (lost <= 0) continue;
      models::FailureLaw& law = plant.operations.failures;
      law.domains.push_back(domain_of(element, lost, plant.market.types.front().nameplate_power));
      law.availability *= law.domains.back().availability;
    }
    for (const Spec& element : elements) {
      const double capacity = element.number("capacity");
      const auto& types = plant.market.types;
      const bool fits_any = types.empty() || std::any_of(types.begin(), types.end(), [&](const auto& type) {
                              return type.nameplate_power <= capacity;
                            });
      if (fits_any) continue;
      diagnostics.add({element.value("capacity").where, path + '.' + element.name + ".capacity",
                       element.value("capacity").written + " does not power a single accelerator",
                       "none of those on sale or installed needs so little", "Correct it."});
    }
  }
}

}  // namespace fleetrace::fleet
