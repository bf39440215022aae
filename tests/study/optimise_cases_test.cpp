#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "fleetrace/fleetrace.hpp"
#include "tests/study/plain_simplex.hpp"

/// Seventeen small worlds whose best plan is also found without the simulator and without its solver: compute of a unit by the
/// closed forms of docs/derivations.md (8.5a), limits from the numbers of the case, and a simplex method of the test's own.
namespace fleetrace {
namespace {

constexpr double kMfu = 0.4;
constexpr double kKappa = 0.05;
constexpr double kYearSeconds = 365.25 * 86400;

struct Chip {
  double usd = 0;     ///< all-in on its first day on sale
  double pflops = 0;  ///< peak
  double watts = 0;   ///< nameplate
  double from = 0;    ///< on sale [yr since the start]; a multiple of a half
  double life = 0;    ///< its own [yr]; 0 for that of the fleet
};

struct Place {
  double megawatt = 0;
  std::vector<std::pair<double, double>> more = {};  ///< megawatt in all from a date on [yr]
};

struct World {
  double years = 6;
  double doubling = 1;  ///< of algorithms [yr]; 0 for none
  double lead = 0;      ///< [yr]
  double life = 100;    ///< [yr]
  double budget = 1e9;
  double decline = 0;       ///< of prices [1/yr]
  double yearly_units = 0;  ///< 0 for no limit
  double yearly_spend = 0;  ///< likewise
  std::vector<Chip> chips = {};
  std::vector<Place> sites = {};
  double allotted = 0;       ///< of the first chip from the start; 0 for no limit
  double more_allotted = 0;  ///< of it from the second year on
  bool is_mean = false;
  double reference =
      1e24;  ///< compute of the reference [FLOP]; large where mean loss counts, so that no loss falls steeply
};

const Chip kOld{3000, 1, 1000, 0};
const Chip kNew{3600, 2.5, 1400, 2};
const Chip kNext{4000, 6, 1700, 4};
const Chip kFrugal{5000, 2.2, 700, 1};
const Chip kBrief{2000, 2.0, 900, 0, 1};

std::vector<World> worlds() {
  return {
      {.chips = {kOld}},
      {.years = 8, .doubling = 0.75, .life = 5, .decline = 0.15, .chips = {kOld, kNew}},
      {.doubling = 0, .lead = 0.5, .chips = {kOld, kNew, kNext}},
      {.lead = 0.75, .life = 2, .chips = {kOld, kNew}, .sites = {{.megawatt = 120}}},
      {.life = 1.5, .chips = {kOld, kFrugal}, .sites = {{.megawatt = 60}}},
      {.lead = 0.5, .life = 3, .chips = {kBrief, kNew}, .sites = {{.megawatt = 50}}},
      {.years = 7,
       .lead = 0.25,
       .life = 3,
       .chips = {kOld, kNew, kFrugal},
       .sites = {{.megawatt = 20, .more = {{2, 55}, {3.5, 90}}}}},
      {.chips = {kOld, kNew}, .sites = {{.megawatt = 40}, {.megawatt = 25}}},
      {.years = 7,
       .doubling = 1.5,
       .life = 2.5,
       .chips = {kNew, kNext, kFrugal},
       .sites = {{.megawatt = 30, .more = {{3, 60}}}, {.megawatt = 0.5, .more = {{2, 45}}}}},
      {.yearly_units = 50000, .chips = {kOld, kNew}},
      {.lead = 0.5, .yearly_units = 40000, .chips = {kOld, kNew, kNext}, .sites = {{.megawatt = 150}}},
      {.yearly_spend = 2.5e8, .chips = {kOld, kNew, kNext}},
      {.life = 4,
       .decline = 0.1,
       .yearly_spend = 3e8,
       .chips = {kOld, kFrugal},
       .sites = {{.megawatt = 100, .more = {{2.5, 140}}}}},
      {.years = 3, .doubling = 2, .budget = 6e8, .chips = {kOld, kNew}, .allotted = 20000, .more_allotted = 70000},
      {.years = 4,
       .doubling = 1,
       .budget = 4e8,
       .decline = 0.2,
       .chips = {kOld, kNew},
       .is_mean = true,
       .reference = 3e26},
      {.years = 4,
       .lead = 0.25,
       .life = 1.5,
       .budget = 4e8,
       .chips = {kOld, kFrugal},
       .sites = {{.megawatt = 30, .more = {{2, 50}}}},
       .is_mean = true,
       .reference = 3e26},
      {.years = 4,
       .doubling = 0,
       .budget = 5e8,
       .yearly_spend = 2e8,
       .chips = {kOld, kNew},
       .is_mean = true,
       .reference = 3e26},
  };
}

std::string date_at(double years) {
  return core::to_iso8601(*core::parse_date("2026-01-01") + core::Duration::from_years(years));
}

std::string scenario_of(const World& world) {
  std::ostringstream out;
  out.precision(12);
  out << "fleetrace: 1\nname: case\nhorizon: {start: 2026-01-01, length: " << world.years << " yr}\naccelerators:\n";
  for (std::size_t i = 0; i < world.chips.size(); ++i) {
    const Chip& chip = world.chips[i];
    out << "  CHIP" << i << ": {released: " << date_at(chip.from) << ", bf16: " << chip.pflops
        << " PFLOP/s, server_power: " << chip.watts << " W, price: " << chip.usd
        << " USD, server_overhead: 1, interconnect_share: 0";
    if (chip.life > 0) out << ", lifetime: " << chip.life << " yr";
    out << "}\n";
  }
  out << "hardware: {model: catalog, accelerators: [";
  for (std::size_t i = 0; i < world.chips.size(); ++i) out << (i > 0 ? ", " : "") << "CHIP" << i;
  out << "], price_decline: " << world.decline << " /yr}\n";
  if (world.doubling > 0) {
    out << "progress: {model: exponential, doubling: " << world.doubling << " yr}\n";
  } else {
    out << "progress: {model: none}\n";
  }
  out << "operations: {mfu: " << kMfu << ", lifetime: " << world.life << " yr}\nsupply:\n  lead_time: " << world.lead
      << " yr\n";
  if (world.yearly_units > 0) out << "  yearly_limit: " << world.yearly_units << " /yr\n";
  if (world.allotted > 0)
    out << "  allocations: [{accelerator: CHIP0, count: " << world.allotted
        << "}, {accelerator: CHIP0, from: " << date_at(1) << ", count: " << world.more_allotted << "}]\n";
  if (!world.sites.empty()) out << "sites:\n";
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    const Place& site = world.sites[i];
    out << "  site" << i << ": {pue: 1, grid: [{from: 2026-01-01, power: " << site.megawatt << " MW}";
    for (const auto& [opens, all] : site.more) out << ", {from: " << date_at(opens) << ", power: " << all << " MW}";
    out << "]}\n";
  }
  out << "loss: {kappa: " << kKappa << ", reference: " << world.reference
      << " FLOP}\nstrategies:\n  plan: {buy: incremental, budget: " << world.budget << " USD, every: 1 yr}\n";
  return out.str();
}

/// The algorithm's integral from one date to another [s].
double multiplier(const World& world, double from, double to) {
  if (world.doubling == 0) return (to - from) * kYearSeconds;
  const double rate = std::log(2.0) / world.doubling;
  return (std::exp(rate * to) - std::exp(rate * from)) / rate * kYearSeconds;
}

struct Order {
  double at = 0;
  std::size_t chip = 0;
  std::size_t site = 0;
  double price = 0;
  double arrives = 0;
  double leaves = 0;
};

/// The programme of a world in shares of the budget.
class Reference {
 public:
  explicit Reference(const World& world) : world_(world) {
    const std::size_t sites = std::max<std::size_t>(1, world.sites.size());
    for (double at = 0; at < world.years; at += 0.5) {
      for (std::size_t chip = 0; chip < world.chips.size(); ++chip) {
        if (at < world.chips[chip].from || at + world.lead >= world.years) continue;
        const double price = world.chips[chip].usd * std::exp(-world.decline * (at - world.chips[chip].from));
        for (std::size_t site = 0; site < sites; ++site)
          orders_.push_back({at, chip, site, price, at + world.lead,
                             at + world.lead + (world.chips[chip].life > 0 ? world.chips[chip].life : world.life)});
      }
    }
    add_rows();
  }

  [[nodiscard]] double best() const { return world_.is_mean ? best_mean() : best_final(); }

 private:
  [[nodiscard]] double units(const Order& order) const { return world_.budget / order.price; }
  /// Compute of a share of 1 by a date, in reference computes.
  [[nodiscard]] double compute(const Order& order, double until) const {
    const double from = std::min(order.arrives, until);
    const double to = std::min(order.leaves, until);
    return units(order) * kMfu * world_.chips[order.chip].pflops * 1e15 * multiplier(world_, from, to) /
           world_.reference;
  }

  template <class Weight>
  void add_row(double most, const Weight& weight) {
    std::vector<double> row;
    for (const Order& each : orders_) row.push_back(weight(each) / most);
    rows_.push_back(std::move(row));
    most_.push_back(1);
  }

  void add_rows() {
    add_row(1, [](const Order&) { return 1.0; });
    for (double year = 0; year < world_.years; year += 1) {
      const auto in_year = [&](const Order& each) { return each.at >= year && each.at < year + 1; };
      if (world_.yearly_units > 0)
        add_row(world_.yearly_units, [&](const Order& each) { return in_year(each) ? units(each) : 0; });
      if (world_.yearly_spend > 0)
        add_row(world_.yearly_spend, [&](const Order& each) { return in_year(each) ? world_.budget : 0; });
    }
    if (world_.allotted > 0) {
      add_row(world_.allotted, [&](const Order& each) { return each.chip == 0 && each.at < 1 ? units(each) : 0; });
      add_row(world_.allotted + world_.more_allotted,
              [&](const Order& each) { return each.chip == 0 ? units(each) : 0; });
    }
    for (std::size_t site = 0; site < world_.sites.size(); ++site) {
      for (double at = world_.lead; at < world_.years; at += 0.5) {
        double watts = world_.sites[site].megawatt;
        for (const auto& [opens, all] : world_.sites[site].more) watts = at >= opens ? all : watts;
        add_row(watts * 1e6, [&](const Order& each) {
          const bool stands = each.site == site && each.arrives <= at && at < each.leaves;
          return stands ? units(each) * world_.chips[each.chip].watts : 0;
        });
      }
    }
  }

  [[nodiscard]] double best_final() const {
    std::vector<double> worth;
    for (const Order& each : orders_) worth.push_back(compute(each, world_.years));
    const double largest = *std::max_element(worth.begin(), worth.end());
    for (double& each : worth) each /= largest;
    const std::vector<double> shares = test::maximise(worth, rows_, most_);
    double sum = 1;
    for (std::size_t i = 0; i < shares.size(); ++i) sum += shares[i] * worth[i] * largest;
    return std::pow(sum, -kKappa);
  }

  /// Mean loss of shares and its slopes, by the three-point rule of Gauss on 48 parts of each quarter of a year; all dates
  /// on which the rate changes are ends of quarters.
  [[nodiscard]] double mean_loss(const std::vector<double>& shares, std::vector<double>& slopes) const {
    slopes.assign(orders_.size(), 0);
    double loss = 0;
    const auto parts = static_cast<int>(world_.years * 4 * 12);
    const double length = world_.years / parts;
    for (int part = 0; part < parts; ++part) {
      for (const auto& [node, weight] : {std::pair(0.5 - std::sqrt(0.15), 5.0 / 18), std::pair(0.5, 8.0 / 18),
                                         std::pair(0.5 + std::sqrt(0.15), 5.0 / 18)}) {
        const double at = (part + node) * length;
        double sum = 1;
        std::vector<double> each(orders_.size());
        for (std::size_t i = 0; i < each.size(); ++i) {
          each[i] = orders_[i].arrives < at ? compute(orders_[i], at) : 0;
          sum += shares[i] * each[i];
        }
        loss += weight / parts * std::pow(sum, -kKappa);
        const double slope = -kKappa * weight / parts * std::pow(sum, -kKappa - 1);
        for (std::size_t i = 0; i < each.size(); ++i) slopes[i] += slope * each[i];
      }
    }
    return loss;
  }

  /// Cutting planes of the whole function: phi <= 1 - L_k - g_k (x - x_k) for the gain phi = 1 - L.
  [[nodiscard]] double best_mean() const {
    std::vector<double> objective(orders_.size() + 1);
    objective.back() = 1;
    std::vector<std::vector<double>> rows = rows_;
    for (std::vector<double>& each : rows) each.push_back(0);
    std::vector<double> most = most_;
    std::vector<double> shares(orders_.size());
    double best = 1;
    for (int round = 0; round < 400; ++round) {
      std::vector<double> slopes;
      const double loss = mean_loss(shares, slopes);
      best = std::min(best, loss);
      double at_none = loss;
      for (std::size_t i = 0; i < shares.size(); ++i) at_none -= slopes[i] * shares[i];
      slopes.push_back(1);
      rows.push_back(slopes);
      most.push_back(std::max(0.0, 1 - at_none));
      std::vector<double> next = test::maximise(objective, rows, most);
      if (best - (1 - next.back()) < 1e-8) return best;
      next.pop_back();
      shares = next;
    }
    FAIL("the reference has not converged");
    return best;
  }

  const World& world_;
  std::vector<Order> orders_;
  std::vector<std::vector<double>> rows_;
  std::vector<double> most_;
};

}  // namespace

TEST_CASE("seventeen worlds have the optimum of an independent method", "[optimise]") {
  const std::vector<World> all = worlds();
  REQUIRE(all.size() == 17);
  for (const World& world : all) {
    const std::string text = scenario_of(world);
    INFO(text);
    OptimizeOptions options;
    options.every = core::Duration::from_years(0.5);
    options.gap = 1e-8;
    if (world.is_mean) options.objective = fleet::Metric::mean_loss;
    if (world.yearly_spend > 0) options.yearly_spend = core::Money::from_usd(world.yearly_spend);
    const OptimizeResult found = optimize(load(text), options);
    const double best = Reference(world).best();
    CAPTURE(best, found.value);
    REQUIRE(found.bound);
    // The reference has converged to 1e-8 where mean loss is the objective.
    CHECK(*found.bound <= best + 1e-9);
    CHECK(best <= found.value + 1e-8);
    CHECK(found.value - *found.bound < 1e-6);
    CHECK(found.schedule.size() >= 1);
  }
}

}  // namespace fleetrace
