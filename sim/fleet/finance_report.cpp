#include "finance_report.hpp"

#include <limits>

namespace fleetrace::fleet {
namespace {

/// Without end where it is unlimited.
double years_of(core::Duration life) {
  return life == core::Duration::unlimited() ? std::numeric_limits<double>::infinity() : life.years();
}

/// What stands there and what is on its way, cohort by cohort at one date.
struct Holdings {
  double book = 0;     ///< accounting value [USD]
  double worth = 0;    ///< market value [USD]
  double salvage = 0;  ///< what it would be sold for [USD]
};

Holdings holdings_at_the_end(const World& world) {
  const Case& plan = *world.plan;
  const models::ResaleLaw& resale = plan.plant.operations.resale;
  const double life = years_of(plan.finance.accounting_life);
  const std::optional<double> price = world.price_of_compute(plan.horizon.end);
  Holdings all;
  const auto add = [&](const Cohort& cohort, std::int64_t count, double age, std::int64_t to_sell) {
    const double worth = world.worth_new(cohort, price, plan.horizon.end);
    const auto units = static_cast<double>(count);
    all.book += units * cohort.cost_usd * models::straight_line_book_share(age, life);
    all.worth += units * worth * resale.worth(age);
    all.salvage += static_cast<double>(to_sell) * worth * resale.share(age);
  };
  for (const Batch& batch : world.batches) {
    const Cohort& cohort = world.cohorts[batch.cohort];
    if (batch.count > 0 && !cohort.rented)
      add(cohort, batch.count, (plan.horizon.end - batch.born).years(), world.to_sell(batch));
  }
  for (const Cohort& cohort : world.cohorts) {
    const std::int64_t count = cohort.count(State::ordered) + cohort.count(State::in_transit) +
                               cohort.count(State::waiting_for_power);
    if (count > 0) add(cohort, count, 0, count);
  }
  return all;
}

double book_at_the_start(const World& world) {
  const Case& plan = *world.plan;
  const double life = years_of(plan.finance.accounting_life);
  double book = 0;
  for (std::size_t i = 0; i < plan.initial_cohorts(); ++i) {
    const Cohort& cohort = world.cohorts[i];
    book += static_cast<double>(cohort.size) * cohort.cost_usd *
            models::straight_line_book_share((plan.horizon.start - cohort.ordered).years(), life);
  }
  return book;
}

std::int64_t bought_accelerators(const World& world) {
  std::int64_t count = 0;
  for (std::size_t i = world.plan->initial_cohorts(); i < world.cohorts.size(); ++i) {
    const Cohort& cohort = world.cohorts[i];
    if (!cohort.is_capacity() && !cohort.rented) count += cohort.size;
  }
  return count;
}

double installed_cost(const World& world) {
  double usd = 0;
  for (const Cohort& cohort : world.cohorts) {
    if (!cohort.rented) usd += static_cast<double>(cohort.installed()) * cohort.cost_usd;
  }
  return usd;
}

}  // namespace

FinanceReport finance_report(const World& world, double effective_flop) {
  const Case& plan = *world.plan;
  const Operations& operations = plan.plant.operations;
  const bool salvages = operations.resells && operations.resale.salvaged;
  const bool is_whole = world.detail == Detail::whole;
  const Holdings holdings = salvages || is_whole ? holdings_at_the_end(world) : Holdings{};
  const double years = plan.horizon.years_at(plan.horizon.end);
  FinanceReport report;
  report.rent = world.ledger.rent();
  report.resale = world.ledger.resale();
  report.credit = world.ledger.credited();
  if (salvages) report.salvage = core::Money::from_usd(holdings.salvage);
  report.npv_usd = world.ledger.discounted_income_usd() - world.ledger.discounted_usd() +
                   report.salvage.usd() * models::discount_factor(plan.finance.discount_rate, years);
  report.usd_per_pf_day = (0 - report.npv_usd) / (effective_flop / models::kPetaflopDay);
  if (!is_whole) return report;
  report.book_usd = holdings.book;
  const double paid = (world.ledger.capex() - world.ledger.resale()).usd();
  report.depreciation_usd = book_at_the_start(world) + paid - holdings.book;
  if (plan.plant.market.trend || !plan.plant.market.types.empty()) {
    report.worth_usd = holdings.worth;
    report.economic_depreciation_usd = world.opening_worth + paid - holdings.worth;
  }
  report.capital_usd_per_year = installed_cost(world) * models::capital_recovery_factor(plan.finance.discount_rate,
                                                                                        years_of(operations.lifetime));
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    const auto& carbon = plan.plant.sites[i].carbon;
    if (!carbon) continue;
    const double kg = world.sites[i].carbon_kg(world.site_kwh(i, plan.horizon.end));
    report.operational_kg = report.operational_kg.value_or(0) + kg;
    // Making an accelerator emits what the first site that counts carbon says, wherever it goes.
    if (!report.embodied_kg) report.embodied_kg = static_cast<double>(bought_accelerators(world)) * carbon->embodied;
  }
  return report;
}

}  // namespace fleetrace::fleet
