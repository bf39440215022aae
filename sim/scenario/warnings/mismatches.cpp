#include <algorithm>
#include <cmath>

#include "sim/core/numeric/decade.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/scenario/warnings/warnings.hpp"

namespace fleetrace::scenario {
namespace {

constexpr double kMostMfu = 0.7;   // frontier runs report 0.3 to 0.5
constexpr double kLeastFit = 0.5;  ///< share of the initial fleet that the sites take
constexpr double kMostLate = 0.5;  ///< share of regular purchases that come too late

/// A share in percent with two digits: "0.11 %".
std::string percent(double share) {
  if (share <= 0) return "0 %";
  const double step = core::pow(10, core::decade(share * 100) - 1);
  return core::format_real(std::round(share * 100 / step) * step) + " %";
}

std::string watts(double value) {
  if (value <= 0) return "0 W";
  const double step = core::pow(10, core::decade(value) - 3);
  return core::format_quantity(core::Dimension::power, std::round(value / step) * step);
}

/// Looks at the setup of one strategy.
class Mismatches {
 public:
  Mismatches(const Scenario& scenario, const fleet::StrategySetup& setup, core::Diagnostics& warnings)
      : scenario_(scenario), setup_(setup), warnings_(warnings) {}

  void run() {
    check_halls();
    check_mfu();
    if (setup_.strategy.policy.review != nullptr) check_deliveries();
  }

 private:
  /// Adds a warning at the value that the strategy has there, of its own or of all; each once.
  void warn(const std::string& path, std::string problem, std::string reason, std::string suggestion) {
    const std::string own = "strategies." + setup_.strategy.name + ".with." + path;
    const core::Value* value = find(scenario_, own);
    const bool is_own = value != nullptr && value->given();
    if (!is_own) value = find(scenario_, path);
    core::Diagnostic one{value == nullptr ? scenario_.root().where : value->where, is_own ? own : path,
                         std::move(problem), std::move(reason), std::move(suggestion)};
    const auto& known = warnings_.found();
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const core::Diagnostic& each) {
      return each.path == one.path && each.problem == one.problem;
    });
    if (!is_known) warnings_.add(std::move(one));
  }

  void check_halls() {
    double wanted = 0;
    double count = 0;
    for (const fleet::InitialCohort& each : setup_.plant.initial) {
      if (each.capacity > 0) continue;
      wanted += static_cast<double>(each.count) * setup_.plant.market.types[each.type].nameplate_power;
      count += static_cast<double>(each.count);
    }
    double room = 0;
    for (const fleet::Site& site : setup_.plant.sites) {
      const fleet::SiteCapacity last = site.capacity_at(setup_.horizon.end);
      if (!last.limits_power()) return;
      room += static_cast<double>(last.it_power_milliwatt) / 1e3;
    }
    if (!(wanted > 0) || room >= kLeastFit * wanted) return;
    const std::vector<fleet::Site>& sites = setup_.plant.sites;
    const bool is_one = sites.size() == 1;
    warn(is_one ? "sites." + sites.front().name + ".power" : "sites",
         (is_one ? "it takes " : "they take ") + percent(room / wanted) + " of the initial fleet",
         core::format_real(count) + " accelerators need " + watts(wanted) +
             " of IT power, and there are never more than " + watts(room),
         "Check the unit of the power and the count of the accelerators.");
  }

  void check_mfu() {
    if (setup_.plant.market.types.empty() || !(setup_.plant.operations.mfu > kMostMfu)) return;
    warn("operations.mfu", core::format_real(setup_.plant.operations.mfu) + " is unusually high",
         "training runs have reported 0.3 to 0.5 of the peak, hardly any more than 0.7",
         "Check whether it is the share of peak FLOP/s that is useful.");
  }

  void check_deliveries() {
    const models::PurchasePolicy& policy = setup_.strategy.policy;
    const core::Duration lead = setup_.plant.supply.lead_time.mean;
    const std::string path = "strategies." + setup_.strategy.name;
    const auto is_late = [&](core::Time at) { return core::saturating_add(at, lead) >= setup_.horizon.end; };
    const std::string wait = core::format_quantity(core::Dimension::duration, static_cast<double>(lead.milliseconds()));
    const std::string end = core::to_date(setup_.horizon.end);
    if (lead >= setup_.horizon.end - setup_.horizon.start) {
      warn("supply.lead_time", wait + " is not shorter than the horizon", "nothing that is ordered arrives within it",
           "Shorten it, or lengthen the horizon.");
      return;
    }
    if (lead == core::Duration{}) return;
    double late = 0;
    double all = 0;
    for (const models::PlannedOrder& each : policy.orders) {
      all += static_cast<double>(each.count);
      if (is_late(each.at)) late += static_cast<double>(each.count);
    }
    core::Money before;
    for (const models::Installment& each : policy.installments) {
      const double usd = (each.released - before).usd();
      all += usd;
      if (is_late(each.at)) late += usd;
      before = each.released;
    }
    const bool is_dated = all > 0;
    if (!is_dated && policy.first_review < setup_.horizon.end) {
      all = static_cast<double>(std::max<std::int64_t>(1, policy.reviews));
      const core::Time last_good = setup_.horizon.end - lead;
      if (policy.first_review >= last_good) {
        late = all;
      } else if (policy.reviews > 1) {
        late = std::max(0.0, all - std::ceil((last_good - policy.first_review).years() / policy.every.years()));
      }
    }
    if (!(late > 0) || (!is_dated && late < kMostLate * all)) return;
    warn(path, percent(late / all) + " of what it buys never arrives",
         "what is ordered later than " + wait + " before the end, " + end +
             ", is paid and not delivered within the horizon",
         "Buy earlier, shorten supply.lead_time or lengthen the horizon.");
  }

  const Scenario& scenario_;
  const fleet::StrategySetup& setup_;
  core::Diagnostics& warnings_;
};

}  // namespace

void warn_of_mismatches(const Scenario& scenario, const std::vector<fleet::StrategySetup>& setups,
                        core::Diagnostics& warnings) {
  for (const fleet::StrategySetup& each : setups) Mismatches(scenario, each, warnings).run();
  const core::Value& rental = scenario.root().value("rental");
  const bool is_rented = std::any_of(setups.begin(), setups.end(),
                                     [](const auto& each) { return each.strategy.may_rent(); });
  if (rental.given() && !is_rented) {
    warnings.add({rental.where, "rental", "it changes nothing", "no strategy rents",
                  "Let one rent, such as rented: 0.5 or rents: [...], or leave it out."});
  }
  if (setups.empty() || !setups.front().finance.revenue) return;
  const models::RevenueLaw& revenue = *setups.front().finance.revenue;
  const bool is_served = std::any_of(setups.begin(), setups.end(), [](const fleet::StrategySetup& each) {
    const fleet::Operations& operations = each.plant.operations;
    return operations.hand_down || std::any_of(operations.fleet_shares.begin(), operations.fleet_shares.end(),
                                               [](const fleet::FleetShare& share) { return share.serving > 0; });
  });
  if (!revenue.by_training && !is_served) {
    warnings.add({scenario.root().section("finance")->section("revenue")->value("on").where, "finance.revenue.on",
                  "nothing earns", "nothing serves: operations has no hand_down and no share that serves",
                  "State one of them, or let training earn (on: both)."});
  }
}

}  // namespace fleetrace::scenario
