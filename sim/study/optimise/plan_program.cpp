#include "sim/study/optimise/plan_program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include "sim/study/optimise/waiting.hpp"

namespace fleetrace::study {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();
/// How much further bounds of columns lie than what rows imply. A bound that held where a row does would take a part of its price.
constexpr double kBeyondRows = 2;

std::int64_t year_of(const fleet::Horizon& horizon, core::Time at) { return (at - horizon.start) / core::kYear; }

std::string year_name(const fleet::Horizon& horizon, std::int64_t year) {
  return "the year from " + core::to_date(core::saturating_add(horizon.start, core::kYear * year));
}

class Builder {
 public:
  Builder(const PlanProblem& problem, const PlanRequest& request) : problem_(problem), request_(request) {}

  PlanProgram build() {
    plan_.smallest_order = request_.smallest_order;
    add_order_limits();
    find_units();
    for (std::size_t i = 0; i < problem_.columns.size(); ++i)
      (void)plan_.program.add_column({0, 0, plan_.unit[i] > 0 ? kBeyondRows : 0.0});
    for (OrderLimit& limit : plan_.orders) add_row(limit);
    for (const std::uint32_t site : sites_used()) {
      add_site(site, LimitKind::power);
      add_site(site, LimitKind::space);
    }
    add_production_rows(problem_, plan_);
    return std::move(plan_);
  }

 private:
  [[nodiscard]] std::vector<std::uint32_t> sites_used() const {
    std::vector<std::uint32_t> sites;
    for (const PurchaseColumn& each : problem_.columns) {
      if (std::find(sites.begin(), sites.end(), each.site) == sites.end()) sites.push_back(each.site);
    }
    std::sort(sites.begin(), sites.end());
    return sites;
  }

  /// Adds a limit of the columns for which `counts` holds.
  template <class Counts_>
  void add_limit(LimitKind kind, std::string of, double most, const Counts_& counts) {
    OrderLimit limit{kind, std::move(of), most, {}, 0};
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) {
      const PurchaseColumn& column = problem_.columns[i];
      if (column.initial.has_value() == (kind == LimitKind::initial_fleet) && counts(column))
        limit.columns.push_back(i);
    }
    if (!limit.columns.empty()) plan_.orders.push_back(std::move(limit));
  }

  void add_order_limits() {
    const fleet::StrategySetup& setup = problem_.setup;
    const fleet::Supply& supply = setup.plant.supply;
    add_limit(LimitKind::budget, "budget", problem_.money.usd(), [](const PurchaseColumn&) { return true; });
    const std::int64_t years = year_of(setup.horizon, setup.horizon.end - core::kMillisecond) + 1;
    for (std::int64_t year = 0; year < years; ++year) {
      const auto in_year = [&](const PurchaseColumn& each) { return year_of(setup.horizon, each.at) == year; };
      const std::string name = year_name(setup.horizon, year);
      if (request_.yearly_spend)
        add_limit(LimitKind::yearly_spend, "spending in " + name, request_.yearly_spend->usd(), in_year);
      // What is less than a lot is carried over to the next year.
      if (supply.yearly_limit != fleet::kNoLimit && !problem_.is_trend())
        add_limit(LimitKind::yearly_limit, "orders in " + name,
                  static_cast<double>(supply.yearly_limit + (supply.lot - 1)), in_year);
    }
    add_allocations();
    for (std::size_t i = 0; i < setup.plant.initial.size(); ++i) {
      add_limit(LimitKind::initial_fleet, "the initial fleet", static_cast<double>(setup.plant.initial[i].count),
                [&](const PurchaseColumn& each) { return each.initial == i; });
    }
  }

  /// What has been allotted by each date on which the allotment grows, until it grows again.
  void add_allocations() {
    const fleet::Plant& plant = problem_.setup.plant;
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<const fleet::Allocation*>> all;
    for (const fleet::Allocation& each : plant.supply.allocations) all[{each.type, each.site}].push_back(&each);
    for (const auto& [key, steps] : all) {
      double allotted = 0;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        allotted += static_cast<double>(steps[i]->count);
        const core::Time until = i + 1 < steps.size() ? steps[i + 1]->from : core::Time::latest();
        if (until == steps[i]->from) continue;
        std::string of = plant.market.types[key.first].name + " allotted";
        if (key.second != fleet::kAnySite) of += " to " + plant.sites[key.second].name;
        if (i + 1 < steps.size()) of += " before " + core::to_date(until);
        add_limit(LimitKind::allocation, std::move(of), allotted, [&, k = key](const PurchaseColumn& each) {
          return each.type == k.first && each.allotted_to == k.second && each.at < until;
        });
      }
    }
  }

  /// The most of each column that limits of orders allow.
  void find_units() {
    plan_.unit.assign(problem_.columns.size(), kUnlimited);
    for (const OrderLimit& limit : plan_.orders) {
      for (const std::size_t i : limit.columns)
        plan_.unit[i] = std::min(plan_.unit[i], limit.most / weight(problem_, limit, i));
    }
  }

  void add_row(OrderLimit& limit) {
    if (!(limit.most > 0)) return;  // then no column of it has units
    LinearProgram::Row row{-kUnlimited, 1, {}};
    for (const std::size_t i : limit.columns) {
      if (plan_.unit[i] > 0) row.terms.push_back({i, weight(problem_, limit, i) * plan_.unit[i] / limit.most});
    }
    limit.row = plan_.program.add_row(std::move(row));
  }

  /// What fits on a site beside the initial fleet at the instant; infinite where nothing limits it.
  [[nodiscard]] double room(std::uint32_t index, LimitKind kind, core::Time at) const {
    const fleet::SiteCapacity capacity = problem_.setup.plant.sites[index].capacity_at(at);
    const std::vector<Occupancy>& known = problem_.base.occupancy[index];
    auto now = std::upper_bound(known.begin(), known.end(), at,
                                [](core::Time time, const Occupancy& each) { return time < each.from; });
    const Occupancy taken = now == known.begin() ? Occupancy{} : *std::prev(now);
    const bool is_power = kind == LimitKind::power;
    if (!(is_power ? capacity.limits_power() : capacity.limits_space())) return kUnlimited;
    const std::int64_t left = is_power ? capacity.it_power_milliwatt - taken.milliwatt
                                       : capacity.accelerators - taken.places;
    return static_cast<double>(std::max<std::int64_t>(0, left));
  }

  /// The least room from a date until another.
  [[nodiscard]] double least_room(std::uint32_t index, LimitKind kind, core::Time from, core::Time until) const {
    double least = room(index, kind, from);
    for (const Occupancy& each : problem_.base.occupancy[index]) {
      if (each.from > from && each.from < until) least = std::min(least, room(index, kind, each.from));
    }
    return least;
  }

  void add_site(std::uint32_t site, LimitKind kind) {
    SiteLimit limit;
    limit.kind = kind;
    limit.site = site;
    const std::string& name = problem_.setup.plant.sites[site].name;
    limit.of = (kind == LimitKind::power ? "power" : "space") + (name.empty() ? std::string() : " at " + name);
    double everything = 0;  // that the budget could ever place there
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) {
      const PurchaseColumn& column = problem_.columns[i];
      if (column.site != site || !(weight(problem_, limit, i) > 0)) continue;
      limit.dates.push_back(column.arrives);
      everything = std::max(everything, weight(problem_, limit, i) * problem_.money.usd() / column.price.usd());
    }
    std::sort(limit.dates.begin(), limit.dates.end());
    limit.dates.erase(std::unique(limit.dates.begin(), limit.dates.end()), limit.dates.end());
    double largest = 0;
    bool binds = false;
    for (std::size_t i = 0; i < limit.dates.size(); ++i) {
      const core::Time until = i + 1 < limit.dates.size() ? limit.dates[i + 1] : problem_.setup.horizon.end;
      const double most = least_room(site, kind, limit.dates[i], until);
      binds = binds || most < everything;
      limit.most.push_back(most < everything ? most : everything * kBeyondRows);
      largest = std::max(largest, std::min(most, everything));
    }
    if (!binds) return;
    limit.scale = std::max(largest, freed_on(limit));
    if (!(limit.scale > 0)) limit.scale = 1;
    add_states(limit);
    plan_.sites.push_back(std::move(limit));
  }

  /// What all of the initial fleet frees that may leave a site.
  [[nodiscard]] double freed_on(const SiteLimit& limit) const {
    std::vector<double> by_cohort(problem_.setup.plant.initial.size());
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) {
      const PurchaseColumn& column = problem_.columns[i];
      if (column.initial && column.site == limit.site)
        by_cohort[*column.initial] = -weight(problem_, limit, i) * plan_.unit[i];
    }
    return std::accumulate(by_cohort.begin(), by_cohort.end(), 0.0);
  }

  /// A state for each date: what stood there before, and what has come less what has left since.
  void add_states(SiteLimit& limit) {
    std::vector<LinearProgram::Row> rows(limit.dates.size(), LinearProgram::Row{0, 0, {}});
    const double freed = freed_on(limit) / limit.scale;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      limit.states.push_back(plan_.program.add_column({0, -freed, limit.most[i] / limit.scale}));
      rows[i].terms.push_back({limit.states[i], 1});
      if (i > 0) rows[i].terms.push_back({limit.states[i - 1], -1});
    }
    const auto index_of = [&](core::Time at) {
      return static_cast<std::size_t>(std::lower_bound(limit.dates.begin(), limit.dates.end(), at) -
                                      limit.dates.begin());
    };
    for (std::size_t i = 0; i < problem_.columns.size(); ++i) {
      const PurchaseColumn& column = problem_.columns[i];
      const double each = column.site == limit.site ? weight(problem_, limit, i) * plan_.unit[i] / limit.scale : 0;
      if (each == 0) continue;
      const std::size_t arrived = index_of(column.arrives);
      const std::size_t left = index_of(column.leaves);
      if (arrived == left) continue;  // it stands there on none of the dates
      rows[arrived].terms.push_back({i, -each});
      if (left < rows.size()) rows[left].terms.push_back({i, each});
    }
    for (LinearProgram::Row& row : rows) (void)plan_.program.add_row(std::move(row));
  }

  const PlanProblem& problem_;
  const PlanRequest& request_;
  PlanProgram plan_;
};

}  // namespace

double weight(const PlanProblem& problem, const OrderLimit& limit, std::size_t column) {
  return limit.is_money() ? problem.columns[column].price.usd() : 1;
}

double weight(const PlanProblem& problem, const SiteLimit& limit, std::size_t column) {
  const PurchaseColumn& each = problem.columns[column];
  if (limit.kind == LimitKind::power) return each.milliwatt;
  if (!each.takes_place) return 0;
  return each.initial ? -1 : 1;
}

std::vector<std::vector<std::size_t>> order_columns(const PlanProblem& problem) {
  std::map<std::tuple<core::Time, std::size_t, std::uint32_t, core::Time>, std::vector<std::size_t>> all;
  for (std::size_t i = 0; i < problem.columns.size(); ++i) {
    const PurchaseColumn& each = problem.columns[i];
    if (!each.initial) all[{each.at, each.type, each.site, each.taken_out}].push_back(i);
  }
  std::vector<std::vector<std::size_t>> orders;
  orders.reserve(all.size());
  for (auto& [order, columns] : all) orders.push_back(std::move(columns));
  return orders;
}

PlanProgram plan_program(const PlanProblem& problem, const PlanRequest& request) {
  return Builder(problem, request).build();
}

void set_worth(const std::vector<double>& worth, PlanProgram& plan) {
  plan.largest = 0;
  for (std::size_t i = 0; i < worth.size(); ++i)
    plan.largest = std::max(plan.largest, std::fabs(worth[i] * plan.unit[i]));
  if (!(plan.largest > 0)) plan.largest = 1;
  for (std::size_t i = 0; i < worth.size(); ++i) plan.program.set_objective(i, worth[i] * plan.unit[i] / plan.largest);
}

std::vector<double> units_of(const PlanProgram& plan, const std::vector<double>& shares) {
  std::vector<double> units(plan.unit.size());
  for (std::size_t i = 0; i < units.size(); ++i) units[i] = shares[i] * plan.unit[i];
  return units;
}

std::vector<double> shares_of(const PlanProgram& plan, const std::vector<double>& units) {
  std::vector<double> shares(plan.unit.size());
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = plan.unit[i] > 0 ? units[i] / plan.unit[i] : 0;
  return shares;
}

}  // namespace fleetrace::study
