#include <set>

#include "fleetrace/core/samplers.hpp"
#include "tests/oracle/race.hpp"

// No strategy sees the future. Structure: worlds with the same past and different futures show the same and get the same
// decisions. Statistics: where prices are random and compute is linear in money, nothing beats the best fixed date on average;
// a policy that peeks does, and is caught by the same test.
namespace fleetrace::test {
namespace {

using models::Decision;
using models::Observation;

// ---- structure

struct Look {
  Observation seen;
  Decision decision;
};

struct Recording {
  std::vector<Look> looks;
  core::Time first_surprise = core::Time::latest();  ///< the first jump of progress
};

Recording record(const fleet::Case& one) {
  Recording recording;
  (void)fleet::simulate(one, [&](const fleet::World& world, const fleet::Event& event) {
    if (event.payload.kind == fleet::EventKind::progress)
      recording.first_surprise = std::min(recording.first_surprise, event.time);
    if (event.payload.kind != fleet::EventKind::review) return;
    const Observation seen = world.observe();
    recording.looks.push_back({seen, one.strategy.plan.review(one.strategy.plan, seen)});
  });
  return recording;
}

/// Everything that is released after `until` comes later, and is another thing.
void change_future(models::Market& market, core::Time until) {
  for (models::AcceleratorType& type : market.types) {
    if (type.released <= until) continue;
    type.released = type.released + core::kDay * 100;
    type.priced = type.priced + core::kDay * 100;
    type.peak *= 3;
    type.nameplate_power *= 1.5;
    type.chip_price *= 0.7;
  }
}

/// Every strategy that can be named, with what it needs.
const std::vector<std::pair<std::string, std::string>>& all_strategies() {
  static const std::vector<std::pair<std::string, std::string>> kAll{
      {"capacity_triggered", "load: 2e18 FLOP/s, budget: 2e9 USD"},
      {"constant_budget", "per_year: 2e8 USD/yr"},
      {"constant_power", "power: 8 MW, budget: 2e9 USD"},
      {"exponential_growth", "first: 5e7 USD/yr"},
      {"front_loaded", "budget: 2e9 USD"},
      {"incremental", "budget: 2e9 USD"},
      {"leapfrog", "budget: 2e9 USD"},
      {"lookahead", "budget: 2e9 USD"},
      {"lot_sizing", "load: 2e18 FLOP/s, growth: 0.3 /yr, budget: 2e9 USD"},
      {"once", "budget: 2e9 USD, at: 3 yr"},
      {"orders",
       "budget: 2e9 USD, orders: [{at: 1 yr, accelerator: B200, count: 64}, {at: 2 yr, accelerator: B200, count: 64}, "
       "{at: 8 yr, accelerator: B200, count: 64}]"},
      {"real_option", "break_even: 2e11 FLOP/s/USD, budget: 2e9 USD"},
      {"refresh", "power: 8 MW, budget: 2e9 USD, age: 2 yr"},
      {"schedule",
       "purchases: [{at: 1 yr, amount: 1e8 USD}, {at: 2 yr, amount: 1e8 USD}, {at: 8 yr, amount: 1e8 USD}]"},
  };
  return kAll;
}

std::vector<fleet::Case> uncertain_cases() {
  std::string yaml =
      "horizon: {start: 2026-01-01, length: 10 yr}\nhardware: {model: generations, first: B200, cadence: 1.25 yr}\n"
      "operations: {mfu: 0.4, lifetime: 3 yr}\nsupply: {lead_time: 2 months}\n"
      "progress: {model: jumps, jumps: 0.4 /yr}\nloss: {reference: 1e26 FLOP}\n"
      "initial_fleet: [{accelerator: B200, count: 2000}]\nstrategies:\n";
  for (const auto& [name, keys] : all_strategies())
    yaml.append("  ").append(name).append(": {buy: ").append(name).append(", ").append(keys).append("}\n");
  return cases_of(yaml);
}

// ---- statistics

constexpr double kEta = 0.5 * kLn2;
constexpr double kAlpha = 0.4;
constexpr double kSigma = 0.3;
constexpr double kHorizon = 8;
constexpr double kStep = 0.25;
constexpr int kSteps = 32;

/// Price-performance at each quarter: a geometric Brownian motion with E g = e^(eta t).
using Path = std::vector<double>;

Path draw_path(std::uint32_t replication) {
  core::Stream stream(20260101, replication, core::Purpose::prices);
  Path path{1};
  for (int k = 1; k < kSteps; ++k) {
    const double step = (kEta - kSigma * kSigma / 2) * kStep + kSigma * std::sqrt(kStep) * core::normal(stream, 0, 1);
    path.push_back(path.back() * std::exp(step));
  }
  return path;
}

/// Compute of one dollar spent at quarter k, in units of the start's price-performance.
double compute(const Path& path, int k) {
  return path[static_cast<std::size_t>(k)] * (std::exp(kAlpha * kHorizon) - std::exp(kAlpha * kStep * k)) / kAlpha;
}

/// The same path, sold in releases every year: what is on sale is the price of the last whole year.
Path staircase(const Path& path) {
  Path sold;
  for (std::size_t k = 0; k < path.size(); ++k) sold.push_back(path[k / 4 * 4]);
  return sold;
}

models::PurchasePlan plan_of(const std::string& strategy) {
  return cases_of(
             "horizon: {start: 2026-01-01, length: 8 yr}\nhardware: {model: generations, first: B200, cadence: 1 yr}\n"
             "operations: {mfu: 1}\nloss: {reference: 1e26 FLOP}\nstrategies: {s: {budget: 1 USD, every: 0.25 yr, " +
             strategy + "}}\n")[0]
      .strategy.plan;
}

/// When a plan spends its money on a path; it is shown the present of the path alone.
int purchase_quarter(const models::PurchasePlan& plan, const Path& path, bool in_releases) {
  const core::Time start = core::parse_iso8601("2026-01-01").value();
  for (int k = 0; k < kSteps; ++k) {
    Observation seen{
        start + core::kMonth * (std::int64_t{3} * k), start, start + core::kYear * 8, core::Money::from_usd(1), {}};
    seen.offer.flops_per_usd = path[static_cast<std::size_t>(k)];
    seen.outlook.progress = kAlpha;
    if (in_releases) {
      seen.outlook.releases = models::ReleaseNews{
          {core::kYear, std::numeric_limits<double>::infinity(), std::exp(kEta), 1},
          start + core::kYear * (k / 4),
          path[static_cast<std::size_t>(k)],
          1};
    } else {
      seen.offer.growth = kEta;
    }
    if (plan.review(plan, seen).released == seen.budget) return k;
  }
  return kSteps - 1;
}

int best_fixed_quarter(bool in_releases) {
  int best = 0;
  double most = 0;
  for (int k = 0; k < kSteps; ++k) {
    const double t = in_releases ? k / 4 : kStep * k;  // NOLINT(bugprone-integer-division): whole years
    const double expected = std::exp(kEta * t) * (std::exp(kAlpha * kHorizon) - std::exp(kAlpha * kStep * k)) / kAlpha;
    if (expected > most * (1 + 1e-12)) {
      most = expected;
      best = k;
    }
  }
  return best;
}

/// Mean advantage over the best fixed date in standard errors, over the same paths; 0 for one that never differs.
template <class Policy>
double advantage(const Policy& policy, bool in_releases, std::uint32_t paths = 10'000) {
  const int fixed = best_fixed_quarter(in_releases);
  double sum = 0;
  double squares = 0;
  for (std::uint32_t r = 0; r < paths; ++r) {
    const Path drawn = draw_path(r);
    const Path path = in_releases ? staircase(drawn) : drawn;
    const double gain = compute(path, policy(path)) - compute(path, fixed);
    sum += gain;
    squares += gain * gain;
  }
  const double mean = sum / paths;
  const double variance = (squares / paths - mean * mean) / (paths - 1);
  return variance > 0 ? mean / std::sqrt(variance) : 0;
}

/// One-sided: a policy with no advantage exceeds it with probability 1.1e-4.
constexpr double kCaught = 3.7;

}  // namespace

TEST_CASE("worlds with the same past and another future look the same and get the same decisions") {
  const std::vector<fleet::Case> cases = uncertain_cases();
  std::set<std::string> covered{"none"};
  for (const fleet::Case& one : cases) {
    CAPTURE(one.strategy.name);
    covered.insert(one.strategy.buys);
    const core::Time until = one.horizon.start + core::kYear * 4;
    int compared = 0;
    int differing = 0;
    for (std::uint32_t replication = 1; replication <= 8; ++replication) {
      fleet::Case other = one;
      other.draw.replication = replication;
      change_future(other.plant.market, until);
      const Recording a = record(one);
      const Recording b = record(other);
      const core::Time same_past = std::min({until, a.first_surprise, b.first_surprise});
      for (std::size_t i = 0; i < std::min(a.looks.size(), b.looks.size()); ++i) {
        const bool is_equal = a.looks[i].seen == b.looks[i].seen && a.looks[i].decision == b.looks[i].decision;
        // What happens at an instant is known at its reviews.
        if (std::min(a.looks[i].seen.now, b.looks[i].seen.now) >= same_past) {
          differing += is_equal ? 0 : 1;
          continue;
        }
        CAPTURE(i);
        REQUIRE(is_equal);
        ++compared;
      }
    }
    CHECK(compared >= (one.strategy.buys == "once" ? 0 : 1));
    // The futures are different indeed.
    if (one.strategy.buys != "front_loaded" && one.strategy.buys != "once" && one.strategy.buys != "leapfrog" &&
        one.strategy.buys != "lookahead")
      CHECK(differing > 0);
  }
  for (const core::Entry* entry : models::purchase_family().entries) {
    CAPTURE(entry->name);
    CHECK(covered.count(std::string(entry->name)) == 1);
  }
}

TEST_CASE(
    "a strategy is a pure function of what it sees, so that a copy of a world with other draws to come decides alike") {
  for (const fleet::Case& one : uncertain_cases()) {
    CAPTURE(one.strategy.name);
    int looks = 0;
    (void)fleet::simulate(one, [&](const fleet::World& world, const fleet::Event& event) {
      if (event.payload.kind != fleet::EventKind::review || ++looks > 3) return;
      fleet::World copy = world;
      copy.progress_stream = core::Stream(4711, 42, core::Purpose::progress_jumps);
      REQUIRE(copy.observe() == world.observe());
      REQUIRE(one.strategy.plan.review(one.strategy.plan, copy.observe()) ==
              one.strategy.plan.review(one.strategy.plan, world.observe()));
    });
    CHECK(looks > 0);
  }
}

// False alarms: 4 policies at 1.1e-4 each, below 5e-4 for all of them, had the paths not been fixed.
TEST_CASE("under random prices no strategy beats the best fixed date, and one that peeks is caught") {
  const models::PurchasePlan lookahead = plan_of("buy: lookahead");
  const models::PurchasePlan leapfrog = plan_of("buy: leapfrog");
  const auto run = [](const models::PurchasePlan& plan, bool in_releases) {
    return [&plan, in_releases](const Path& path) { return purchase_quarter(plan, path, in_releases); };
  };
  CHECK(advantage(run(lookahead, false), false) < kCaught);
  CHECK(advantage(run(lookahead, true), true) < kCaught);
  CHECK(advantage(run(leapfrog, true), true) < kCaught);
  // One that adapts without seeing the future: buys as soon as prices are a fifth ahead of their trend, at t* at the latest.
  const int fixed = best_fixed_quarter(false);
  const auto lucky = [&](const Path& path) {
    for (int k = 0; k < fixed; ++k) {
      if (path[static_cast<std::size_t>(k)] > 1.2 * std::exp(kEta * kStep * k)) return k;
    }
    return fixed;
  };
  CHECK(advantage(lucky, false) < kCaught);
  // Lookahead is as good as the best fixed date: in a model with a known drift, it is that date.
  CHECK(purchase_quarter(lookahead, draw_path(1), false) == fixed);
  CHECK(purchase_quarter(lookahead, draw_path(2), false) == fixed);

  // Seeded faults: seeing one quarter, or one release, ahead.
  const auto peeks = [&](const Path& path) {
    int k = fixed;
    if (k + 1 < kSteps && compute(path, k + 1) > compute(path, k)) ++k;
    return k;
  };
  CHECK(advantage(peeks, false) > 10);
  const int fixed_release = best_fixed_quarter(true);
  const auto peeks_at_release = [&](const Path& path) {
    const int next = fixed_release + 4;
    return next < kSteps && compute(path, next) > compute(path, fixed_release) ? next : fixed_release;
  };
  CHECK(advantage(peeks_at_release, true) > 10);
}

}  // namespace fleetrace::test
