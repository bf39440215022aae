#include <catch2/catch.hpp>

#include "sim/api/comparison_study.hpp"
#include "sim/api/race.hpp"
#include "sim/output/plan/plan_bands.hpp"
#include "sim/output/studies/comparison.hpp"
#include "sim/reader/load.hpp"

// Plans are kept of the races that are compared, which are raced once.
namespace fleetrace {
namespace {

const std::atomic<bool> kGoOn{false};

StudySettings settings_of(std::size_t replications) {
  StudySettings settings;
  settings.jobs = 2;
  settings.replications = replications;
  settings.rule.most = replications;
  return settings;
}

/// What a race by itself says of every figure of every period, in the order of the rows.
std::vector<double> raced_alone(const scenario::Scenario& scenario, std::uint32_t replication,
                                const PlanQuestion& question) {
  const Run run = run_scenario(scenario, {1, replication, fleet::InputDraw::drawn}, {}, {}, question.options);
  std::vector<double> row;
  for (const StrategyPlan& plan : run.plans) {
    for (const PlanPeriod& period : plan.periods) {
      std::vector<double> figures(question.figures);
      question.read(plan, period, figures);
      row.insert(row.end(), figures.begin(), figures.end());
    }
  }
  return row;
}

/// Numbers that are none are the same, too.
bool are_same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return x == y || (x != x && y != y); });
}

TEST_CASE("The plans of a comparison are those of its own races, to the bit") {
  constexpr std::size_t kReplications = 5;
  for (const char* name : {"plan-of-record", "race-under-uncertainty", "uncertain-releases"}) {
    INFO(name);
    const scenario::Scenario scenario = reader::load(name);
    const PlanQuestion question = output::plan_question({Period::quarter, 10});
    ComparisonStudy work(scenario, settings_of(kReplications), {}, ComparisonStudy::Keep::all_metrics, question);
    REQUIRE(work.replicate(kGoOn, {}));
    // Nothing was raced again: that would be complete().
    const std::optional<PlanSamples> plans = work.plans();
    REQUIRE(plans);
    REQUIRE(plans->replications() == kReplications);
    for (std::uint32_t i = 0; i < kReplications; ++i)
      CHECK(are_same(plans->rows[i], raced_alone(scenario, i, question)));
    CHECK(plans->of(1, 2, 3)[4] == plans->rows[4][(plans->periods.size() + 2) * plans->figures + 3]);
  }
}

TEST_CASE("A comparison is the same whether its plans are kept or not") {
  const scenario::Scenario scenario = reader::load("race-under-uncertainty");
  const auto json = [&](const std::optional<PlanQuestion>& question) {
    ComparisonStudy work(scenario, settings_of(20), {}, ComparisonStudy::Keep::all_metrics, question);
    REQUIRE(work.replicate(kGoOn, {}));
    REQUIRE(work.complete(kGoOn));
    return output::comparison_json(work.report());
  };
  CHECK((json({}) == json(output::plan_question({Period::month, 1}))));
}

TEST_CASE("Plans of replications that were known already are made when a comparison is completed") {
  const scenario::Scenario scenario = reader::load("race-under-uncertainty");
  const PlanQuestion question = output::plan_question({Period::year, 1});
  ComparisonStudy first(scenario, settings_of(3), {}, ComparisonStudy::Keep::all_metrics, question);
  REQUIRE(first.replicate(kGoOn, {}));
  ComparisonStudy again(scenario, settings_of(3), {}, ComparisonStudy::Keep::all_metrics, question);
  again.results() = std::move(first.results());
  REQUIRE(again.replicate(kGoOn, {}));
  REQUIRE(again.complete(kGoOn));
  const std::optional<PlanSamples> plans = again.plans();
  REQUIRE(plans);
  for (std::uint32_t i = 0; i < 3; ++i) CHECK(are_same(plans->rows[i], raced_alone(scenario, i, question)));
}

}  // namespace
}  // namespace fleetrace
