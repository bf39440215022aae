#include <algorithm>

#include "sim/core/schema/read_value.hpp"
#include "sim/scenario/resolve/plant_parts.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;

class InitialFleet {
 public:
  InitialFleet(const Spec& root, const PlantRequest& request, const models::MarketRequest& market_request,
               fleet::Plant& plant, Diagnostics& diagnostics)
      : root_(root), request_(request), market_request_(market_request), plant_(plant), diagnostics_(diagnostics) {}

  void resolve() {
    plant_.initial.clear();
    const std::vector<Spec>& cohorts = root_.sections("initial_fleet");
    for (std::size_t i = 0; i < cohorts.size(); ++i)
      add(cohorts[i], request_.prefix + "initial_fleet." + std::to_string(i));
    const auto is_older = [](const fleet::InitialCohort& a, const fleet::InitialCohort& b) {
      return a.installed < b.installed;
    };
    // The sort takes memory even of what is sorted.
    if (!std::is_sorted(plant_.initial.begin(), plant_.initial.end(), is_older))
      std::stable_sort(plant_.initial.begin(), plant_.initial.end(), is_older);
  }

 private:
  void add(const Spec& spec, const std::string& path) {
    fleet::InitialCohort cohort;
    cohort.installed = spec.has("installed") ? spec.instant("installed", request_.horizon.start)
                                             : request_.horizon.start;
    if (cohort.installed > request_.horizon.start) {
      diagnostics_.add(
          {spec.value("installed").where, path + ".installed", core::to_date(cohort.installed) + " is after the start",
           "the initial fleet stands there when the race begins", "Buy later accelerators with a strategy."});
    }
    if (spec.has("site"))
      cohort.site = named_site(spec.text("site"), spec.value("site").where, path + ".site", plant_.sites, diagnostics_);
    if (spec.has("capacity")) {
      if (spec.has("accelerator") || spec.has("count")) {
        diagnostics_.add({spec.where, path, "it names both capacity and accelerators", "a cohort is one or the other",
                          "Split it in two."});
      }
      cohort.capacity = spec.number("capacity");
      plant_.initial.push_back(cohort);
      return;
    }
    if (!spec.has("accelerator") || !spec.has("count")) {
      diagnostics_.add({spec.where, path, "it says neither what nor how much",
                        "a cohort needs accelerator and count, or capacity", ""});
      return;
    }
    cohort.count = spec.count("count");
    if (const auto type = type_index(spec, path)) {
      cohort.type = *type;
      check_release(cohort, spec, path);
      plant_.initial.push_back(cohort);
    }
  }

  std::optional<std::size_t> type_index(const Spec& spec, const std::string& path) {
    const std::string& name = spec.text("accelerator");
    for (std::size_t i = 0; i < plant_.market.types.size(); ++i) {
      if (plant_.market.types[i].name == name) return i;
    }
    const Spec* hardware = root_.section("hardware");
    const Spec fallback = hardware == nullptr ? core::preset_spec(*models::hardware_family().find("trend")) : Spec{};
    auto type = models::accelerator_type(hardware == nullptr ? fallback : *hardware, spec.value("accelerator"), name,
                                         market_request_, path + ".accelerator", diagnostics_);
    if (!type) return std::nullopt;
    plant_.market.types.push_back(*std::move(type));
    return plant_.market.types.size() - 1;
  }

  void check_release(const fleet::InitialCohort& cohort, const Spec& spec, const std::string& path) {
    const models::AcceleratorType& type = plant_.market.types[cohort.type];
    if (cohort.installed >= type.released) return;
    diagnostics_.add({spec.where, path, type.name + " is installed on " + core::to_date(cohort.installed),
                      "it was released on " + core::to_date(type.released),
                      "Correct the date, or choose an older accelerator."});
  }

  const Spec& root_;
  const PlantRequest& request_;
  const models::MarketRequest& market_request_;
  fleet::Plant& plant_;
  Diagnostics& diagnostics_;
};

}  // namespace

void resolve_initial_fleet(const Spec& root, const PlantRequest& request, const models::MarketRequest& market_request,
                           fleet::Plant& plant, Diagnostics& diagnostics) {
  InitialFleet(root, request, market_request, plant, diagnostics).resolve();
}

}  // namespace fleetrace::scenario
