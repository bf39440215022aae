#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "fleetrace/core/quantity.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

using core::Money;
using core::Spec;

/// The rows of one date of one owner that state a spend.
struct Spending {
  std::vector<std::size_t> rows;
  Money sum;
};
using SpendingByDate = std::map<core::Time, Spending>;

std::string path_of(std::size_t row, const char* key) { return "actuals." + std::to_string(row) + '.' + key; }

void warn_of_spending(const std::vector<Spec>& rows, core::Diagnostics& warnings) {
  std::map<std::string, SpendingByDate> owners;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].has("spend")) continue;
    const std::string owner = rows[i].has("strategy") ? rows[i].text("strategy") : std::string();
    Spending& spending = owners[owner][rows[i].instant("date", {})];
    spending.rows.push_back(i);
    spending.sum += rows[i].money("spend");
  }
  for (const auto& [owner, dates] : owners) {
    const Spending* before = nullptr;
    for (const auto& [date, spending] : dates) {
      const std::size_t last = spending.rows.back();
      const Money first = rows[spending.rows.front()].money("spend");
      const bool are_equal = std::all_of(spending.rows.begin(), spending.rows.end(),
                                         [&](std::size_t row) { return rows[row].money("spend") == first; });
      if (spending.rows.size() > 1 && are_equal && first > Money{}) {
        warnings.add({rows[last].value("spend").where, path_of(last, "spend"),
                      "all rows of " + core::to_date(date) + " have the same spend", "they add up",
                      "Write a total in one of its rows alone."});
      }
      if (before != nullptr && spending.sum < before->sum) {
        warnings.add({rows[last].value("spend").where, path_of(last, "spend"),
                      "the spend up to " + core::to_date(date) + " is less than the one before",
                      "it counts all cash since the start, not that of a period", "Add up the periods."});
      }
      before = &spending;
    }
  }
}

/// The first row of a date that counts accelerators on a site.
std::size_t row_of(const std::vector<Spec>& rows, core::Time date, const std::string& site) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].has("count") || rows[i].instant("date", {}) != date) continue;
    if (!rows[i].has("site") || rows[i].text("site") == site) return i;
  }
  return 0;
}

void warn_of_room(const std::vector<Spec>& rows, const fleet::StrategySetup& setup, const fleet::ActualState& state,
                  core::Diagnostics& warnings) {
  for (std::uint32_t i = 0; i < setup.plant.sites.size(); ++i) {
    const fleet::Site& site = setup.plant.sites[i];
    const fleet::SiteCapacity capacity = site.capacity_at(state.date);
    double watts = 0;
    std::int64_t count = 0;
    for (const fleet::CountedAccelerators& each : state.counts) {
      if (each.site != i) continue;
      watts += static_cast<double>(each.count) * setup.plant.market.types[each.type].nameplate_power;
      count += each.count;
    }
    const double limit = static_cast<double>(capacity.it_power_milliwatt) / 1e3;
    const bool lacks_power = capacity.limits_power() && watts > limit * (1 + 1e-9);
    const bool lacks_space = capacity.limits_space() && count > capacity.accelerators;
    if (!lacks_power && !lacks_space) continue;
    const std::size_t row = row_of(rows, state.date, site.name);
    const std::string name = site.name.empty() ? "the site" : core::printable(site.name);
    warnings.add({rows[row].value("count").where, path_of(row, "count"),
                  "what was counted on " + core::to_date(state.date) + " does not fit on " + name,
                  lacks_power
                      ? "it draws " + core::format_quantity(core::Dimension::power, watts) + " by nameplate, and " +
                            core::format_quantity(core::Dimension::power, limit) + " of IT power are there"
                      : std::to_string(count) + " accelerators stand there, and there are places for " +
                            std::to_string(capacity.accelerators),
                  "A forecast lets the rest wait. Correct the site or the count."});
  }
}

}  // namespace

void warn_of_actuals(const Spec& root, const std::vector<fleet::StrategySetup>& setups, core::Diagnostics& warnings) {
  const std::vector<Spec>& rows = root.sections("actuals");
  if (rows.empty()) return;
  warn_of_spending(rows, warnings);
  core::Diagnostics found;
  for (const fleet::StrategySetup& setup : setups) {
    if (!setup.actuals) continue;
    for (const fleet::ActualState& state : setup.actuals->states) warn_of_room(rows, setup, state, found);
  }
  // What several strategies have in common is said once.
  const auto& all = found.found();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_known = std::any_of(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const auto& other) { return other.path == all[i].path && other.problem == all[i].problem; });
    if (!is_known) warnings.add(all[i]);
  }
}

}  // namespace fleetrace::scenario
