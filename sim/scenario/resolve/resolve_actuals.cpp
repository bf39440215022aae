#include "sim/scenario/resolve/resolve_actuals.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sim/scenario/resolve/resolve_orders.hpp"
#include "sim/scenario/resolve/resolve_sites.hpp"
#include "sim/scenario/schema/actuals_entry.hpp"

namespace fleetrace::scenario {
namespace {

using core::Diagnostics;
using core::Spec;
using core::Time;

/// A type on a site.
using Pair = std::pair<std::size_t, std::uint32_t>;

/// One row, and where it stands.
struct Row {
  const Spec& spec;
  std::string path;
};

std::string name_of(const Pair& pair, const fleet::Plant& plant) {
  const std::string& site = plant.sites[pair.second].name;
  return core::printable(plant.market.types[pair.first].name) + (site.empty() ? "" : " on " + core::printable(site));
}

/// The actuals of one strategy.
class Reading {
 public:
  /// `known` is what is wrong with the rest of the scenario.
  Reading(const fleet::StrategySetup& setup, const Diagnostics& known, Diagnostics& diagnostics)
      : setup_(setup), known_(known), diagnostics_(diagnostics) {}

  void add(const Row& row) {
    if (!row.spec.has("date")) return;
    const Time date = row.spec.instant("date", {});
    const auto [place, is_new] = days_.try_emplace(date, Day{row, {}, {}});
    Day& day = place->second;
    day.state.date = date;
    const bool says_where = row.spec.has("accelerator") || row.spec.has("count") || row.spec.has("power");
    const std::optional<std::uint32_t> site = says_where ? site_of(row) : std::nullopt;
    add_count(row, site, day);
    if (row.spec.has("power") && site) add_power(row.spec.number("power"), *site, day.state);
    if (row.spec.has("spend")) day.state.spend = day.state.spend.value_or(core::Money{}) + row.spec.money("spend");
  }

  [[nodiscard]] std::shared_ptr<const fleet::Actuals> finish(const Spec& horizon) {
    check_gaps();
    if (days_.empty()) return nullptr;
    auto actuals = std::make_shared<fleet::Actuals>();
    for (auto& [date, day] : days_) {
      const bool is_due = setup_.horizon.from && date <= *setup_.horizon.from && date < setup_.horizon.end;
      if (is_due && day.state.is_counted) actuals->corrects_fleet = actuals->states.size();
      if (is_due && day.state.spend) actuals->corrects_money = actuals->states.size();
      actuals->states.push_back(std::move(day.state));
    }
    if (setup_.horizon.from && *setup_.horizon.from < actuals->states.front().date) {
      diagnostics_.add({horizon.value("from").where, "horizon.from",
                        "there are no actuals up to " + core::to_date(*setup_.horizon.from),
                        "the first are of " + core::to_date(actuals->states.front().date),
                        "Choose that date or a later one, or leave out the actuals."});
    }
    return actuals;
  }

 private:
  struct Day {
    Row first;  ///< the first row of that date
    fleet::ActualState state;
    std::set<Pair> counted;
  };

  void refuse(const Row& row, std::string_view key, std::string problem, std::string reason, std::string suggestion) {
    const core::Value& value = row.spec.value(key);
    diagnostics_.add({value.given() ? value.where : row.spec.where, row.path + '.' + std::string(key),
                      std::move(problem), std::move(reason), std::move(suggestion)});
  }

  std::optional<std::uint32_t> site_of(const Row& row) {
    const std::vector<fleet::Site>& sites = setup_.plant.sites;
    if (row.spec.has("site")) {
      const std::uint32_t site = named_site(row.spec.text("site"), row.spec.value("site").where, row.path + ".site",
                                            sites, diagnostics_);
      return site == fleet::kAnySite ? std::nullopt : std::optional(site);
    }
    if (sites.size() == 1) return 0;
    std::vector<std::string_view> names;
    names.reserve(sites.size());
    for (const fleet::Site& each : sites) names.emplace_back(each.name);
    refuse(row, "site", "it is missing", "the scenario has several sites", core::suggest({}, names));
    return std::nullopt;
  }

  std::optional<std::size_t> type_of(const Row& row) {
    const models::Market& market = setup_.plant.market;
    const std::string& name = row.spec.text("accelerator");
    // What is wrong with the hardware is said there, not again here.
    for (const std::string& section : {std::string("accelerators"), std::string("hardware"),
                                       std::string("initial_fleet"), "strategies." + setup_.strategy.name + ".with"}) {
      if (found_below(known_, section)) return std::nullopt;
    }
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < market.types.size(); ++i) {
      if (market.types[i].name == name) return i;
      known.emplace_back(market.types[i].name);
    }
    // A generation that this draw releases too late was not there.
    if (may_still_come(market, name)) return std::nullopt;
    refuse(row, "accelerator", "the plan has no " + core::printable(name),
           "it is neither on sale nor in the initial fleet of " + core::printable(setup_.strategy.name),
           known.empty() ? "" : core::suggest(name, known));
    return std::nullopt;
  }

  void add_count(const Row& row, const std::optional<std::uint32_t>& site, Day& day) {
    const bool has_type = row.spec.has("accelerator");
    const bool has_count = row.spec.has("count");
    if (has_type != has_count) {
      const char* const missing = has_type ? "count" : "accelerator";
      if (!row.spec.value(missing).faulty)
        refuse(row, missing, "it is missing", has_type ? "the row names an accelerator" : "the row has a count", "");
      return;
    }
    if (!has_type) {
      if (row.spec.has("expected"))
        refuse(row, "expected", "nothing is expected", "the row counts no accelerators", "Leave it out.");
      return;
    }
    day.state.is_counted = true;
    const std::optional<std::size_t> type = type_of(row);
    if (!type || !site) return;
    fleet::CountedAccelerators counted{*type, *site, row.spec.count("count"), {}};
    const models::AcceleratorType& accelerator = setup_.plant.market.types[*type];
    if (counted.count > 0 && accelerator.released > day.state.date && !setup_.plant.market.releases) {
      refuse(row, "date", core::printable(accelerator.name) + " stands there on " + core::to_date(day.state.date),
             "it was released on " + core::to_date(accelerator.released), "Correct the date.");
    }
    if (!day.counted.insert({*type, *site}).second) {
      refuse(row, "count",
             name_of({*type, *site}, setup_.plant) + " is counted twice on " + core::to_date(day.state.date),
             "one of them would be ignored", "Keep one row.");
      return;
    }
    if (row.spec.has("expected")) {
      counted.expected = row.spec.instant("expected", {});
      if (*counted.expected <= day.state.date)
        refuse(row, "expected", core::to_date(*counted.expected) + " is not after the date of the row",
               "what is missing then arrives later", "Correct one of the dates.");
    }
    day.state.counts.push_back(counted);
  }

  static void add_power(double watts, std::uint32_t site, fleet::ActualState& state) {
    const auto same = std::find_if(state.power.begin(), state.power.end(),
                                   [&](const fleet::MeteredPower& each) { return each.site == site; });
    same == state.power.end() ? state.power.push_back({site, watts}) : void(same->watts += watts);
  }

  /// What was counted once is counted on every later date, so that no row is forgotten.
  void check_gaps() {
    std::map<Pair, Time> seen;
    for (auto& [date, day] : days_) {
      if (!day.state.is_counted) continue;
      for (const auto& [pair, last] : seen) {
        if (day.counted.count(pair) > 0) continue;
        refuse(day.first, "count", "on " + core::to_date(date) + " there is no count of " + name_of(pair, setup_.plant),
               core::to_date(last) + " has one, and what is not listed was not there",
               "Add the row, with 0 where none is left.");
      }
      for (const Pair& pair : day.counted) seen[pair] = date;
    }
  }

  const fleet::StrategySetup& setup_;
  const Diagnostics& known_;
  Diagnostics& diagnostics_;
  std::map<Time, Day> days_;
};

/// What is wrong with a row whosever it is. False where it cannot be used.
bool check_row(const Row& row, const fleet::Horizon& horizon, Diagnostics& diagnostics) {
  const Spec& spec = row.spec;
  if (!spec.has("date")) return false;
  const Time date = spec.instant("date", {});
  if (date <= horizon.start || date > horizon.end) {
    const bool is_early = date <= horizon.start;
    diagnostics.add(
        {spec.value("date").where, row.path + ".date",
         core::to_date(date) + (is_early ? " is not after the start" : " is beyond the horizon"),
         is_early ? "what stands there at the start is the initial fleet" : "it ends on " + core::to_date(horizon.end),
         is_early ? "Correct the date, or describe it as initial_fleet." : "Correct the date."});
    return false;
  }
  const bool is_empty = !spec.has("accelerator") && !spec.has("count") && !spec.has("power") && !spec.has("spend");
  const bool is_faulty = spec.value("accelerator").faulty || spec.value("count").faulty || spec.value("power").faulty ||
                         spec.value("spend").faulty;
  if (is_empty && !is_faulty) {
    diagnostics.add({spec.where, row.path, "it says nothing of that date",
                     "a row counts accelerators, or has a power or a spend", ""});
  }
  return !is_empty;
}

/// The strategies whose fleet a row describes; none, with a diagnostic, where that is not clear.
std::vector<std::size_t> owners(const Row& row, const std::vector<fleet::StrategySetup>& setups,
                                Diagnostics& diagnostics) {
  std::vector<std::size_t> all;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < setups.size(); ++i) {
    all.push_back(i);
    names.emplace_back(setups[i].strategy.name);
  }
  const Spec& spec = row.spec;
  if (!spec.has("strategy")) {
    if (setups.size() == 1) return all;
    if (!spec.value("strategy").faulty)
      diagnostics.add({spec.where, row.path + ".strategy", "it is missing", "the scenario has several strategies",
                       "Name the one whose fleet this is, or write every for all of them."});
    return {};
  }
  const std::string& name = spec.text("strategy");
  const auto named = std::find(names.begin(), names.end(), name);
  if (named != names.end()) return {static_cast<std::size_t>(named - names.begin())};
  if (name == kEveryStrategy) return all;
  names.push_back(kEveryStrategy);
  diagnostics.add({spec.value("strategy").where, row.path + ".strategy",
                   "there is no strategy \"" + core::printable(name) + '"',
                   "actuals are of a strategy, or of every one", core::suggest(name, names)});
  return {};
}

}  // namespace

void resolve_actuals(const Spec& root, std::vector<fleet::StrategySetup>& setups, Diagnostics& diagnostics) {
  for (fleet::StrategySetup& each : setups) each.actuals = nullptr;
  const std::vector<Spec>& rows = root.sections("actuals");
  if (rows.empty() || setups.empty()) return;
  // What several strategies have wrong in common is said once.
  Diagnostics found;
  std::vector<Reading> readings;
  readings.reserve(setups.size());
  for (const fleet::StrategySetup& each : setups) readings.emplace_back(each, diagnostics, found);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row{rows[i], "actuals." + std::to_string(i)};
    if (!check_row(row, setups.front().horizon, found)) continue;
    for (const std::size_t owner : owners(row, setups, found)) readings[owner].add(row);
  }
  for (std::size_t i = 0; i < setups.size(); ++i) setups[i].actuals = readings[i].finish(*root.section("horizon"));
  const auto& all = found.found();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_known = std::any_of(
        all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
        [&](const auto& other) { return other.path == all[i].path && other.problem == all[i].problem; });
    if (!is_known) diagnostics.add(all[i]);
  }
}

}  // namespace fleetrace::scenario
