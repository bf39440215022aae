#include "fleetrace/models/loss.hpp"
#include "models/capability/capability.hpp"
#include "models/theory/frontier.hpp"
#include "race.hpp"
#include "sim/core/numeric/math.hpp"
#include "sim/output/page/page.hpp"
#include "sim/output/run/writers.hpp"
#include "sim/output/theory/frontier.hpp"
#include "tests/unit/spec_of.hpp"

// Laws past the dense frontier on fresh data: by hand, against published figures and against brute force.
namespace fleetrace::test {
namespace {

using models::ComputeSplit;
using models::kBesiroglu;
using models::RepeatedData;

const core::Entry& entry(std::string_view name) { return *models::loss_family().find(name); }

models::LossLaw law_of(std::string_view name, const std::vector<std::pair<std::string, std::string>>& written,
                       double reference = 1e24) {
  return models::resolve_loss(spec_of(entry(name), written), reference);
}

/// Chinchilla with the fit of the data-limited law.
models::LossLaw fresh(double reference) {
  return models::resolve_loss(models::loss_with_fit_of(spec_of(entry("data_limited"), {}), entry("chinchilla")),
                              reference);
}

Race race_on(const std::string& loss, const std::string& strategies = "keeper: {buy: none}") {
  return race(
      "horizon: {start: 2026-01-01, length: 10 yr, sample_every: 1 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "progress: {model: exponential, doubling: 8 months}\noperations: {mfu: 0.4}\ninitial_fleet: [{accelerator: H100, "
      "count: 16384, installed: 2025-01-01}]\nloss: {" +
      loss + "}\nstrategies: {" + strategies + "}\n");
}

}  // namespace

TEST_CASE("rules for data: the square root at s = 1, Kaplan's 0.74 below it") {
  const ComputeSplit one = models::ruled_split(kBesiroglu, 1.2e24, 20, 1);
  CHECK(one.parameters == Approx(1e11).epsilon(1e-13));
  CHECK(one.tokens == Approx(2e12).epsilon(1e-13));
  CHECK(one.loss == Approx(kBesiroglu.loss(1e11, 2e12)).epsilon(1e-15));
  const double grown = models::ruled_split(kBesiroglu, 1e26, 20, 0.74).parameters /
                       models::ruled_split(kBesiroglu, 1e24, 20, 0.74).parameters;
  CHECK(grown == Approx(std::pow(100, 1 / 1.74)).epsilon(1e-13));
  const auto law = law_of("chinchilla",
                          {{"tokens_per_parameter", "20"}, {"data_exponent", "0.74"}, {"rule_at", "1e10"}});
  for (const double flop : {1e24, 3e26}) {
    const ComputeSplit rule = models::ruled_split(kBesiroglu, flop, 20 * std::pow(1e10, 0.26), 0.74);
    CHECK(law.loss(flop / 1e24) * law.reference_loss == Approx(rule.loss).epsilon(1e-13));
    CHECK(rule.loss >= kBesiroglu.frontier(flop).loss);
  }
  // What a power law fitted at the frontier would have: docs/derivations.md 5f.
  CHECK(kBesiroglu.local_exponent(5e25) == Approx(0.0067).margin(5e-4));
  CHECK(models::kHoffmann.local_exponent(5e25) == Approx(0.0103).margin(5e-4));
}

TEST_CASE("repeated tokens are worth what the datablations say") {
  const RepeatedData data = models::muennighoff();
  CHECK(data.effective_tokens(0.7, 1) == 0.7);
  CHECK(data.effective_tokens(1, 1) == 1);
  CHECK(data.effective_tokens(4, 1) / 4 == Approx(0.931).margin(5e-4));
  CHECK(data.effective_tokens(16, 1) / 16 == Approx(0.661).margin(5e-4));
  CHECK(data.effective_tokens(1e9, 1) == Approx(16.387756).epsilon(1e-12));
  const double most = data.optimal_parameters(1e12);
  CHECK(data.fit.optimal_parameters(6 * most * 1e12) == Approx(most).epsilon(1e-12));
  CHECK(data.effective_parameters(1e9 * most, 1e12) == Approx(6.309743 * most).epsilon(1e-12));
}

TEST_CASE("the best split on limited data: no other one lies below it") {
  const RepeatedData data = models::muennighoff();
  Random random(11);
  for (int i = 0; i < 300; ++i) {
    const double unique = std::pow(10.0, random.uniform(9, 15));
    const double flop = data.wall(unique) * std::pow(10.0, random.uniform(-2, 5));
    const ComputeSplit best = data.best(flop, unique);
    CHECK(best.parameters * best.tokens == Approx(flop / 6).epsilon(1e-13));
    for (int k = 0; k < 20; ++k) {
      const double other = best.parameters * std::pow(10.0, random.uniform(-2, 2));
      CHECK(data.loss(other, flop / 6 / other, unique) >= best.loss * (1 - 1e-13));
    }
    if (flop < data.wall(unique)) CHECK(best.loss == Approx(data.fit.frontier(flop).loss).epsilon(1e-14));
    if (flop > data.wall(unique)) CHECK(best.loss >= data.fit.frontier(flop).loss);
  }
  // The wall by inversion: there the optimum takes just what there is.
  const double wall = data.wall(3e14);
  CHECK(wall == Approx(2.75e28).epsilon(5e-3));
  CHECK(data.fit.frontier(wall).tokens == Approx(3e14).epsilon(1e-12));
  CHECK(data.best(wall * (1 + 1e-12), 3e14).loss == Approx(data.best(wall, 3e14).loss).epsilon(1e-12));
}

TEST_CASE("a data-limited law is Chinchilla's before the wall, worse beyond, and better as the stock grows") {
  const auto limited = law_of("data_limited", {{"stock", "1e13"}, {"stock_doubling", "2 yr"}});
  const auto endless = fresh(1e24);
  CHECK(limited.reference_loss == Approx(endless.reference_loss).epsilon(1e-13));
  CHECK(limited.loss(10) == Approx(endless.loss(10)).epsilon(1e-13));
  CHECK(limited.loss(1e4) > endless.loss(1e4) * 1.001);
  double before = 2;
  for (double years = 0; years < 30; years += 0.5) {
    const double loss = limited.loss(1e4, years);
    CHECK(loss <= before);
    before = loss;
  }
  CHECK(before == Approx(endless.loss(1e4)).epsilon(1e-13));
  for (const double ratio : {1.0, 30.0, 1e3, 1e5})
    CHECK(limited.ratio(limited.loss(ratio, 3), 3) == Approx(ratio).epsilon(1e-9));
  CHECK(std::isinf(limited.ratio(limited.floor * 1.0001)));
  // Every 3 yr the stock is 2^1.5 times as large, as 2^1.5 times the stock at the start is.
  const auto larger = law_of("data_limited", {{"stock", text(1e13 * std::pow(2, 1.5))}});
  CHECK(limited.loss(1e4, 3) == Approx(larger.loss(1e4)).epsilon(1e-13));
}

TEST_CASE("the tabulated curve of repeated data is the best split, whatever the constants") {
  Random random(12);
  for (int i = 0; i < 40; ++i) {
    const double stock = std::pow(10.0, random.uniform(9, 15));
    const double decay = std::pow(10.0, random.uniform(-0.5, 3));
    const double alpha = random.uniform(0.2, 0.6);
    auto law = law_of("data_limited", {{"stock", text(stock)},
                                       {"stock_doubling", "2 yr"},
                                       {"data_decay", text(decay)},
                                       {"parameter_decay", text(std::pow(10.0, random.uniform(-0.5, 2)))},
                                       {"floor", "1.7"},
                                       {"parameter_scale", "480"},
                                       {"token_scale", "2000"},
                                       {"alpha", text(alpha)},
                                       {"beta", text(random.uniform(0.2, 0.6))}});
    const auto exact = law;
    REQUIRE(exact.frontier == nullptr);
    law.tabulate();
    REQUIRE(law.frontier != nullptr);
    for (int k = 0; k < 50; ++k) {
      const double ratio = std::pow(10.0, random.uniform(0, 14));
      const double years = k % 2 == 0 ? 0 : random.uniform(0, 6);
      INFO(stock << ' ' << decay << ' ' << alpha << ' ' << ratio << ' ' << years);
      REQUIRE(law.loss(ratio, years) == Approx(exact.loss(ratio, years)).epsilon(1e-10));
    }
    auto other = exact;
    other.tabulate(&law);
    CHECK(other.frontier == law.frontier);
  }
  // Where either decay is below one repetition the loss has no single kink, at which an integral of it would be cut.
  CHECK(law_of("data_limited", {{"data_decay", "1"}, {"parameter_decay", "1"}}).kink != nullptr);
  CHECK(law_of("data_limited", {{"data_decay", "5"}, {"parameter_decay", "0.5"}}).kink == nullptr);
  CHECK(law_of("data_limited", {{"data_decay", "0.5"}, {"parameter_decay", "5"}}).kink == nullptr);
  // What bends too sharply for a table is left to the search.
  auto sharp = law_of("data_limited", {{"data_decay", "1e-7"}});
  sharp.tabulate();
  CHECK(sharp.frontier == nullptr);
}

TEST_CASE("time enters a race: mean loss, targets, and the same law beside without the wall") {
  const Race race = race_on(
      "model: data_limited, stock: 5e13, stock_doubling: 5 yr, beside: [chinchilla], targets: [0.99, 0.985, 0.98]");
  const fleet::Outcome& outcome = race.outcomes.front();
  const fleet::LossCurve curve(outcome.trajectory, race.cases[0].loss);
  const fleet::LossAccounting& loss = race.cases[0].loss;
  const fleet::Horizon& horizon = race.cases[0].horizon;
  const auto at = [&](long double years) {
    const auto t = static_cast<double>(years);
    return static_cast<long double>(loss.law.loss(1 + outcome.trajectory.effective_at(t) / loss.reference.compute, t));
  };
  const double end = horizon.years_at(horizon.end);
  CHECK(outcome.final.mean_relative_loss ==
        Approx(static_cast<double>(simpson(at, 0, end, 1e-11L)) / end).epsilon(1e-9));
  for (const fleet::Target& target : outcome.targets) {
    REQUIRE(target.reached.has_value());
    CHECK(curve.loss_at(*target.reached) <= target.relative_loss);
    CHECK(curve.loss_at(*target.reached - core::kMillisecond) > target.relative_loss);
  }
  REQUIRE(outcome.comparison_laws.size() == 1);
  CHECK(outcome.comparison_laws[0].relative < outcome.final.relative_loss);
  CHECK(*outcome.comparison_laws[0].absolute / outcome.comparison_laws[0].relative ==
        Approx(*outcome.final.absolute_loss / outcome.final.relative_loss).epsilon(1e-13));
  // Under best_run accounting compute stands still between runs, and the loss falls all the same.
  const Race runs = race_on(
      "model: data_limited, stock: 1e11, stock_doubling: 1 yr, compute: {best_run: {length: 10 yr}}");
  const fleet::Outcome& still = runs.outcomes.front();
  CHECK(still.final.mean_relative_loss < still.series.front().relative_loss);
  CHECK(still.series[5].relative_loss < still.series[4].relative_loss);
}

TEST_CASE("mixture of experts: dense where nothing is sparse, else as good as more active parameters") {
  CHECK(models::effective_parameters(37e9, 671e9, 0) == Approx(37e9).epsilon(1e-14));
  CHECK(models::effective_parameters(37e9, 671e9, 1) == Approx(671e9).epsilon(1e-14));
  CHECK(models::effective_parameters(37e9, 671e9, 0.5) == Approx(std::sqrt(37e9 * 671e9)).epsilon(1e-13));
  const auto dense = law_of("chinchilla", {});
  for (const auto& same :
       {law_of("mixture_of_experts", {{"total_over_active", "1"}}), law_of("mixture_of_experts", {{"weight", "0"}})}) {
    for (const double ratio : {1.0, 7.0, 1e5}) CHECK(same.loss(ratio) == dense.loss(ratio));
  }
  // By hand: at each budget the best N_active of A/(N r^w)^alpha, by search.
  const auto sparse = law_of("mixture_of_experts", {{"total_over_active", "16"}, {"weight", "0.5"}});
  CHECK(sparse.reference_loss == dense.reference_loss);
  for (const double ratio : {1.0, 100.0}) {
    double best = 10;
    for (double log_n = 20; log_n < 32; log_n += 1e-3) {
      const double n = std::exp(log_n);
      best = std::min(best, kBesiroglu.loss(models::effective_parameters(n, 16 * n, 0.5), ratio * 1e24 / 6 / n));
    }
    CHECK(sparse.loss(ratio) * sparse.reference_loss == Approx(best).epsilon(1e-8));
    CHECK(sparse.loss(ratio) < dense.loss(ratio));
    CHECK(sparse.ratio(dense.loss(100 * ratio)) < 100 * ratio);
    CHECK(sparse.loss(sparse.ratio(0.97)) == Approx(0.97).epsilon(1e-13));
  }
}

TEST_CASE("test-time compute: decades for decades up to the cap, at the price of training and of latency") {
  CHECK(models::test_time_worth(1, 1.5, 2.5) == 1);
  CHECK(models::test_time_worth(1'000, 1.5, 3) == Approx(100).epsilon(1e-13));
  CHECK(models::test_time_worth(1e9, 1.5, 3) == Approx(100).epsilon(1e-13));
  CHECK(models::test_time_worth(1'000, 1, 2) == Approx(100).epsilon(1e-13));
  const auto dense = law_of("chinchilla", {});
  const auto none = law_of("test_time", {{"share", "0"}});
  for (const double ratio : {1.0, 7.0, 1e5}) CHECK(none.loss(ratio) == dense.loss(ratio));
  CHECK(none.latency == 1);
  // 0.3/0.03: 11 times the compute of an answer stand for 11^(2/3) = 4.95 times the training compute, on 70 % of it.
  const auto law = law_of("test_time", {});
  CHECK(law.test_time_worth == Approx(std::pow(11, 2.0 / 3)).epsilon(1e-14));
  CHECK(law.latency == Approx(11).epsilon(1e-14));
  CHECK(law_of("test_time", {{"parallel", "100"}}).latency == 1);
  for (const double ratio : {1.0, 50.0})
    CHECK(law.loss(ratio) == Approx(dense.loss(ratio * 0.7 * std::pow(11, 2.0 / 3))).epsilon(1e-14));
  CHECK(law_of("test_time", {{"share", "0.9"}, {"cap", "0"}}).loss(1) > 1);
}

TEST_CASE("capabilities: a threshold's slope, many steps that look sudden, and the date of a score") {
  const double slope = (models::threshold_score(1.9 - 1e-6, 1.9, 0.05, 0.2) -
                        models::threshold_score(1.9 + 1e-6, 1.9, 0.05, 0.2)) /
                       2e-6;
  CHECK(slope == Approx(0.8 / (4 * 0.05)).epsilon(1e-6));
  CHECK(models::threshold_score(1.9, 1.9, 0.05, 0.2) == Approx(0.6).epsilon(1e-15));
  CHECK(models::steps_score(1.8172, 30, 1.8172) == 1);
  CHECK(models::steps_score(1.8172 + 0.1, 30, 1.8172) == Approx(std::pow(std::exp(-0.1), 30)).epsilon(1e-13));
  for (const std::string model : {"{model: threshold, at: 1.9, chance: 0.25}", "{model: steps, steps: 30}",
                                  "{model: steps, steps: 4, perfect: 1.5}"}) {
    const Race race = race_on("model: chinchilla, capabilities: {task: " + model + "}");
    const models::CapabilityLaw& law = race.cases[0].loss.capabilities[0].law;
    for (const double score : {0.3, 0.5, 0.9}) CHECK(law.score(law.loss(score)) == Approx(score).epsilon(1e-12));
    double before = -1;
    for (double loss = 3; loss > 1.8; loss -= 0.01) {
      CHECK(law.score(loss) >= before);
      before = law.score(loss);
    }
  }
  const Race race = race_on("model: chinchilla, capabilities: {task: {model: steps, steps: 30, target: 0.4}}");
  const fleet::Outcome& outcome = race.outcomes.front();
  const fleet::CapabilityScore& task = outcome.capabilities[0];
  CHECK(task.score == Approx(std::exp(-30 * (*outcome.final.absolute_loss - 1.8172))).epsilon(1e-12));
  REQUIRE(task.reached.has_value());
  const fleet::LossCurve curve(outcome.trajectory, race.cases[0].loss);
  const double then = race.cases[0].loss.law.reference_loss * curve.loss_at(*task.reached);
  CHECK(models::steps_score(then, 30, 1.8172) == Approx(0.4).epsilon(1e-6));
}

TEST_CASE("laws beside each other: figures where a law has them, one fit for all that have one") {
  const Race race = race_on(
      "model: chinchilla, floor: 1.69, parameter_scale: 406.4, token_scale: 410.7, alpha: 0.34, beta: 0.28, beside: "
      "[relative, kaplan, mixture_of_experts]");
  const fleet::Outcome& outcome = race.outcomes.front();
  const double ratio = 1 + outcome.final.effective_flop / outcome.final.reference_flop;
  const fleet::LawResult& relative = outcome.comparison_laws[0];
  CHECK(relative.relative == Approx(std::pow(ratio, -0.05)).epsilon(1e-13));
  CHECK_FALSE(relative.absolute);
  CHECK_FALSE(relative.reducible);
  CHECK(*relative.equivalent == Approx(ratio).epsilon(1e-12));
  CHECK(*outcome.comparison_laws[1].absolute ==
        Approx(std::pow(3.1e8 * 8.64e19 / (ratio * outcome.final.reference_flop), 0.05)).epsilon(1e-12));
  CHECK(*outcome.comparison_laws[2].absolute < *outcome.final.absolute_loss);
  CHECK(*outcome.comparison_laws[2].absolute > 1.69);
  CHECK(race.cases[0].loss.comparison_laws[2].law.reference_loss == race.cases[0].loss.law.reference_loss);
}

TEST_CASE("the family of models along the frontier, and laws beside each other, as people see them") {
  const auto contains = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  fleetrace::FrontierRequest request{models::kHoffmann, "hoffmann", std::nullopt, 1, 7e10, {5.76e23, 8.64e19}};
  const std::vector<fleetrace::FrontierModel> rows = fleetrace::frontier(request);
  CHECK(rows[0].split.parameters == Approx(3.219e10).epsilon(2e-4));
  CHECK(rows[0].split.loss == Approx(1.93075).epsilon(3e-6));
  CHECK(rows[0].local_exponent == Approx(0.34 * 0.28 / 0.62 * rows[0].reducible / rows[0].split.loss).epsilon(1e-13));
  CHECK(rows[1].split.loss == Approx(1.69 + rows[1].reducible).epsilon(1e-15));
  CHECK(contains(output::frontier_csv(request), "\n8.64e+19,1,"));
  CHECK(contains(output::frontier_json(request), "\"tokens_per_parameter\": null"));
  request.tokens_per_parameter = 20;
  CHECK(fleetrace::frontier(request)[0].split.loss > rows[0].split.loss);
  CHECK(contains(output::frontier_table(request), "20 tokens a parameter"));
  CHECK(contains(output::frontier_markdown(request), "| D/N |"));
  const fleetrace::Run run = fleetrace::run_scenario(reader::load("past-the-frontier"), {});
  for (const std::string& text : {output::to_table(run, {}), output::to_markdown(run), output::to_html(run, {"run"})}) {
    CHECK(contains(text, "experts"));
    CHECK(contains(text, "agent"));
    CHECK(contains(text, "experts.weight"));
  }
}

TEST_CASE("the longest run: 1/(sum of growth rates), also by simulation") {
  const double hardware = kLn2 / 2.07;
  const double software = kLn2 / (8.0 / 12);
  const double longest = models::theory::longest_training_run(hardware, software, kLn2);
  CHECK(longest == Approx(0.4836).epsilon(1e-3));
  const auto run = [&](double length) {
    const double start = 3 - length;
    const Race race = test::race(
        "horizon: {start: 2026-01-01, length: 3 yr, sample_every: 1 yr}\nhardware: {model: trend, "
        "price_performance_doubling: 2.07 yr}\nprogress: {model: exponential, doubling: 8 months, embodied: true}\nloss: "
        "{compute: {best_run: {length: 3 yr}}, reference: 1e20 FLOP}\nstrategies: {one: {buy: once, budget: " +
        text(1e9 * std::exp(kLn2 * start)) + " USD, at: " + text(start) + " yr}}\n");
    const double grown = std::exp((hardware + software + kLn2) * start);
    CHECK(*race.outcomes[0].final.best_run_flop == Approx(1e9 * 3e10 * grown * length * kYearSeconds).epsilon(1e-6));
    return *race.outcomes[0].final.best_run_flop;
  };
  const double best = run(longest);
  for (const double factor : {0.25, 0.8, 0.97, 1.03, 1.25, 4.0}) CHECK(run(longest * factor) < best);
}

}  // namespace fleetrace::test
