#include "sim/fleet/accounting/finance_report.hpp"

#include <limits>

#include "models/finance/rate_of_return.hpp"
#include "sim/fleet/accounting/book_value.hpp"

namespace fleetrace::fleet {
namespace {

/// What stands there and what is on its way, cohort by cohort at one date.
struct Holdings {
  double worth = 0;    ///< market value [USD]
  double salvage = 0;  ///< what it would be sold for [USD]
};

Holdings holdings_at_the_end(const World& world) {
  const StrategySetup& setup = world.setup();
  const models::ResaleLaw& resale = setup.plant.operations.resale;
  const std::optional<double> price = world.procurement.price_of_compute(setup.horizon.end);
  Holdings all;
  const auto add = [&](const Cohort& cohort, std::int64_t count, double age, std::int64_t to_sell) {
    const double worth = world.procurement.worth_new(cohort, price, setup.horizon.end, world.trajectory.law());
    const std::optional<double> own_life = setup.plant.own_life_of(cohort.type);
    all.worth += static_cast<double>(count) * worth * resale.worth(age, own_life);
    all.salvage += static_cast<double>(to_sell) * worth * resale.share(age, own_life);
  };
  for (const Batch& batch : world.reliability.batches()) {
    const Cohort& cohort = world.inventory[batch.cohort];
    if (batch.count > 0 && !cohort.rented)
      add(cohort, batch.count, (setup.horizon.end - batch.born).years(), world.to_sell(batch));
  }
  for (const Cohort& cohort : world.inventory.cohorts()) {
    const std::int64_t waiting = cohort.count(State::waiting_for_power);
    if (const std::int64_t count = cohort.pending(); count > 0 && cohort.is_part) {
      add(cohort, count, cohort.served.years(), count);
      continue;
    }
    if (waiting > 0) add(cohort, waiting, 0, waiting);
    if (const std::int64_t count = cohort.pending() - waiting; count > 0) add(cohort, count, 0, count);
  }
  return all;
}

/// What was paid before the start for what was still to come then: an asset of the first day.
double prepaid_usd(const World& world) {
  core::Money prepaid;
  for (const Cohort& cohort : world.inventory.cohorts()) prepaid += cohort.prepaid;
  return prepaid.usd();
}

double book_at_the_start(const World& world) {
  const StrategySetup& setup = world.setup();
  const double life = years_of(setup.finance.accounting_life);
  double book = 0;
  for (std::uint32_t i = 0; i < setup.initial_cohorts(); ++i) {
    const Cohort& cohort = world.inventory[i];
    book += static_cast<double>(cohort.size) * cohort.cost_usd *
            models::straight_line_book_share((setup.horizon.start - cohort.ordered).years(), life);
  }
  return book + prepaid_usd(world);
}

std::int64_t bought_accelerators(const World& world) {
  std::int64_t count = 0;
  for (auto i = static_cast<std::uint32_t>(world.setup().initial_cohorts()); i < world.inventory.cohorts().size();
       ++i) {
    const Cohort& cohort = world.inventory[i];
    if (!cohort.is_capacity() && !cohort.rented && !cohort.is_part) count += cohort.bought();
  }
  return count;
}

/// What is installed costs a year as an annuity over its life.
double capital_recovery(const World& world) {
  const StrategySetup& setup = world.setup();
  const auto factor = [&](double years) { return models::capital_recovery_factor(setup.finance.discount_rate, years); };
  double usd = 0;      // of what has the life of the fleet
  double by_type = 0;  // a year, of types with a life of their own
  for (const Cohort& cohort : world.inventory.cohorts()) {
    if (cohort.rented) continue;
    const double cost = static_cast<double>(cohort.installed()) * cohort.cost_usd;
    const std::optional<double> own_life = setup.plant.own_life_of(cohort.type);
    if (own_life) {
      by_type += cost * factor(*own_life);
    } else {
      usd += cost;
    }
  }
  return usd * factor(years_of(setup.plant.operations.lifetime)) + by_type;
}

/// What is left of the sites that were paid for.
double facility_residual(const World& world) {
  const StrategySetup& setup = world.setup();
  double usd = 0;
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    if (world.sites[i].facility > core::Money{})
      usd += setup.plant.sites[i].facility_residual(setup.horizon.start, setup.horizon.end);
  }
  return usd;
}

void report_returns(const World& world, double left_usd, FinanceReport& report) {
  const models::Finance& finance = world.setup().finance;
  if (!finance.earns()) return;
  std::vector<models::CashFlow> flows = world.ledger.flows();
  report.payback_years = models::payback_years(flows, 0);
  report.discounted_payback_years = models::payback_years(flows, finance.discount_rate);
  if (left_usd != 0) flows.push_back({world.setup().horizon.years_at(world.setup().horizon.end), left_usd});
  const models::RateOfReturn found = models::rate_of_return(flows);
  report.irr_per_year = found.rate;
  report.cash_flow_sign_changes = found.sign_changes;
}

/// What the energy emitted and what water went with it, where energy is modelled.
void report_emissions(const World& world, FinanceReport& report) {
  const StrategySetup& setup = world.setup();
  if (!setup.plant.has_power()) return;
  double kg = 0;
  double litres = 0;
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    kg += world.sites[i].carbon_kg(world.sites.energy_kwh(i, world.meter, setup.horizon.end));
    litres += world.sites.water_litres(i, world.meter, setup.horizon.end);
  }
  report.operational_kg = kg;
  // Making an accelerator emits what the first site says, wherever it goes.
  report.embodied_kg = static_cast<double>(bought_accelerators(world)) * setup.plant.sites.front().carbon.embodied;
  report.water_litres = litres;
}

}  // namespace

FinanceReport finance_report(const World& world, double effective_flop) {
  const StrategySetup& setup = world.setup();
  const Operations& operations = setup.plant.operations;
  const bool salvages = operations.resells && operations.resale.salvaged;
  const bool is_whole = world.recorder.detail() == Detail::whole;
  const Holdings holdings = salvages || is_whole ? holdings_at_the_end(world) : Holdings{};
  const double years = setup.horizon.years_at(setup.horizon.end);
  FinanceReport report;
  report.rent = world.ledger.rent();
  report.resale = world.ledger.resale();
  report.credit = world.ledger.credited();
  if (salvages) report.salvage = core::Money::from_usd(holdings.salvage);
  report.revenue = world.ledger.income().revenue;
  report.compute_value = world.ledger.income().compute_value;
  report.interest = world.ledger.income().interest;
  report.facility_residual_usd = facility_residual(world);
  report.discounted_earnings_usd = world.ledger.discounted_earnings_usd();
  const double left_usd = report.salvage.usd() + report.facility_residual_usd;
  report.npv_usd = world.ledger.discounted_income_usd() - world.ledger.discounted_usd() +
                   left_usd * models::discount_factor(setup.finance.discount_rate, years);
  const bool has_prices = setup.plant.market.trend || !setup.plant.market.types.empty();
  if (has_prices) report.opening_worth_usd = world.recorder.opening_worth() + prepaid_usd(world);
  const bool has_cost = effective_flop > 0 && (has_prices || setup.initial_cohorts() == 0);
  report.usd_per_pf_day = has_cost ? report.cost_usd() / (effective_flop / models::kPetaflopDay)
                                   : std::numeric_limits<double>::infinity();
  report.marginal_usd_per_pf_day = std::numeric_limits<double>::infinity();
  if (!is_whole) return report;
  report_returns(world, left_usd, report);
  report.book_usd = book_value(world, setup.horizon.end);
  const double paid = (world.ledger.capex() - world.ledger.resale()).usd();
  report.depreciation_usd = book_at_the_start(world) + paid - report.book_usd;
  if (has_prices) {
    report.worth_usd = holdings.worth;
    report.economic_depreciation_usd = report.opening_worth_usd + paid - holdings.worth;
  }
  report.capital_usd_per_year = capital_recovery(world);
  report.waiting_carrying_usd = world.waiting.total(setup.horizon.end);
  report_emissions(world, report);
  return report;
}

}  // namespace fleetrace::fleet
