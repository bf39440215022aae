#include "sim/scenario/resolve/resolve_rents.hpp"

#include <algorithm>

#include "sim/scenario/resolve/resolve_plant.hpp"

namespace fleetrace::scenario {
namespace {

/// Reads the rows of one strategy.
class RentReader {
 public:
  RentReader(const fleet::Plant& plant, const fleet::Horizon& horizon, core::Diagnostics& diagnostics)
      : plant_(plant), horizon_(horizon), diagnostics_(diagnostics) {
    for (std::size_t i = 0; i < plant.market.on_sale; ++i) known_.emplace_back(plant.market.types[i].name);
  }

  std::optional<fleet::PlannedRent> read(const core::Spec& row, const std::string& path) {
    fleet::PlannedRent rent;
    rent.at = row.instant("at", horizon_.start);
    rent.count = row.count("count");
    if (!horizon_.may_name(rent.at)) {
      diagnostics_.add(
          {row.value("at").where, path + ".at", core::to_date(rent.at) + " is outside the horizon",
           "it runs from " + core::to_date(horizon_.start) + " until before " + core::to_date(horizon_.end),
           "Correct the date."});
      return std::nullopt;
    }
    if (rent.at >= horizon_.end) return std::nullopt;
    const std::string& name = row.text("accelerator");
    const core::Location where = row.value("accelerator").where;
    const auto found = std::find(known_.begin(), known_.end(), name);
    if (found == known_.end()) {
      diagnostics_.add({where, path + ".accelerator", '"' + core::printable(name) + "\" is not on sale",
                        "a landlord has what is on sale within the horizon on a known date",
                        core::suggest(name, known_)});
      return std::nullopt;
    }
    rent.type = static_cast<std::size_t>(found - known_.begin());
    const models::AcceleratorType& type = plant_.market.types[rent.type];
    if (rent.at < type.released) {
      diagnostics_.add({row.value("at").where, path + ".at", type.name + " is rented on " + core::to_date(rent.at),
                        "it was released on " + core::to_date(type.released), "Correct the date."});
      return std::nullopt;
    }
    const models::RentalLaw& law = *plant_.rental;
    rent.unit_usd = type.cost(rent.at);
    const double each = law.yearly(type.peak, rent.unit_usd, horizon_.years_at(rent.at)) * law.term.years();
    if (!(each * static_cast<double>(rent.count) < kMostUsd)) {
      diagnostics_.add({row.value("count").where, path + ".count", "it comes to more than 9 trillion USD",
                        "money is counted exactly up to that", "Rent fewer, or for a shorter term."});
      return std::nullopt;
    }
    rent.cost = std::max(core::Money::from_micros(1), core::Money::from_usd(each)) * rent.count;
    return rent;
  }

 private:
  const fleet::Plant& plant_;
  const fleet::Horizon& horizon_;
  core::Diagnostics& diagnostics_;
  std::vector<std::string_view> known_;
};

}  // namespace

void resolve_rents(const core::Spec& spec, const std::string& path, const fleet::Plant& plant,
                   const fleet::Horizon& horizon, fleet::Strategy& strategy, core::Diagnostics& diagnostics) {
  const std::vector<core::Spec>& rows = spec.sections("rents");
  if (rows.empty()) return;
  const auto refuse = [&](const char* problem, const char* reason, const char* suggestion) {
    diagnostics.add({spec.value("rents").where, path + ".rents", problem, reason, suggestion});
  };
  if (!plant.rental) {
    return refuse("there is nothing to rent", "the scenario has no rental section",
                  "Add one, such as rental: {term: 3 months}.");
  }
  if (plant.market.trend) {
    return refuse("rents by number are of accelerators", "trend hardware has none",
                  "Choose hardware: catalog, or rent for money (rented: 0.5).");
  }
  static constexpr std::size_t kMostRents = 1'000'000;
  if (rows.size() > kMostRents) {
    return refuse("there are more than a million rents", "each is an event", "Join some of them.");
  }
  RentReader reader(plant, horizon, diagnostics);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rent = reader.read(rows[i], path + ".rents." + std::to_string(i));
    if (!rent) continue;
    if (!(strategy.set_aside.usd() + rent->cost.usd() < kMostUsd))
      return refuse("the rents come to more than 9 trillion USD", "money is counted exactly up to that", "Lower them.");
    strategy.set_aside += rent->cost;
    strategy.rents.push_back(*rent);
  }
  std::stable_sort(strategy.rents.begin(), strategy.rents.end(),
                   [](const fleet::PlannedRent& a, const fleet::PlannedRent& b) { return a.at < b.at; });
}

}  // namespace fleetrace::scenario
