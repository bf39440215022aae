#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/output/page/page_glossary.hpp"
#include "sim/output/page/page_plan.hpp"
#include "sim/output/studies/input_label.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output {
namespace {

Run with_plan(const std::string& name, Period by) {
  return run_scenario(reader::load(name), {}, {}, {}, PlanOptions{by, 1});
}

TEST_CASE("Power is drawn as the plan has it, below the limit of its site") {
  const Run run = with_plan("capacity-what-if", Period::quarter);
  const std::vector<page::Figure> figures = page::power_figures(run);
  REQUIRE(figures.size() == 1);
  const Chart& chart = figures.front().chart;
  REQUIRE(chart.lines.size() == run.plans.size() + 1);
  CHECK(chart.lines.back().name == "limit");
  CHECK(chart.is_stepped);
  for (std::size_t i = 0; i < run.plans.size(); ++i) {
    INFO(run.plans[i].strategy);
    const std::vector<PlanPeriod>& periods = run.plans[i].periods;
    REQUIRE(chart.lines[i].points.size() == periods.size() + 1);
    for (std::size_t k = 0; k < periods.size(); ++k) {
      CHECK(chart.lines[i].points[k + 1].y == Approx(periods[k].by_site.front().nameplate_power / 1e6));
      CHECK(chart.lines[i].points[k + 1].y <= chart.lines.back().points[k + 1].y * (1 + 1e-9));
    }
  }
  CHECK(page::power_figures(run_scenario(reader::load("capacity-what-if"), {})).empty());
}

TEST_CASE("Cash by year adds up to the spending of the plan") {
  // By quarters a calendar year has four periods.
  const Run run = with_plan("hare-and-turtle", Period::quarter);
  const std::vector<page::Figure> figures = page::cash_figures(run);
  REQUIRE(figures.size() == run.plans.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    INFO(run.plans[i].strategy);
    const Chart& chart = figures[i].chart;
    const std::vector<Point>& top = chart.areas.back().high;
    double sum = 0;
    // The last point closes the last year.
    for (std::size_t year = 0; year + 1 < top.size(); ++year) sum += top[year].y;
    REQUIRE(chart.unit == "B USD");
    CHECK(top.size() == 9);
    CHECK(sum * 1e9 == Approx(run.plans[i].total.money.spend().usd()).epsilon(1e-9));
  }
}

TEST_CASE("A name stands within its area, or not at all") {
  Chart chart;
  chart.x = linear_axis(0, 10, 5);
  chart.y = linear_axis(0, 10, 5);
  chart.areas.push_back({"g0", {{0, 0}, {10, 0}}, {{0, 8}, {10, 8}}, "thick"});
  chart.areas.push_back({"g1", {{0, 8}, {10, 8}}, {{0, 8.2}, {10, 8.2}}, "thin"});
  chart.areas.push_back({"band c0", {{0, 0}, {10, 0}}, {{0, 8}, {10, 8}}, "band"});
  const std::vector<AreaName> names = area_names(chart);
  REQUIRE(names.size() == 1);
  CHECK(names.front().area == 0);
  const PlotArea plot = plot_area(chart);
  CHECK(names.front().y < plot.bottom);
  CHECK(names.front().y > plot.top + 0.2 * (plot.bottom - plot.top));
  CHECK(svg(chart).find("class=\"middle layer on0\"") != std::string::npos);
}

TEST_CASE("Steps go on at one height until the next value") {
  Chart chart;
  chart.id = "test";
  chart.x = linear_axis(0, 10, 5);
  chart.y = linear_axis(0, 10, 5);
  chart.is_stepped = true;
  chart.lines.push_back({"c0 d0", {{0, 0}, {5, 10}, {10, 10}}, ""});
  CHECK(svg(chart).find("d=\"M28.8 262L224.4 262L224.4 30L420 30\"") != std::string::npos);
}

TEST_CASE("Of more than eight strategies three stand out") {
  std::string yaml =
      "fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 2 yr}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n"
      "hardware: {model: trend}\nstrategies:\n";
  for (int i = 0; i < 9; ++i)
    yaml += "  s" + std::to_string(i) + ": {buy: once, at: 0 yr, budget: " + std::to_string(i + 1) + "e6 USD}\n";
  const Run run = run_scenario(reader::load_bytes(yaml, "test.yaml"), {});
  CHECK(page::highlighted_strategies(run) == std::vector<std::size_t>{6, 7, 8});
  CHECK(page::strategy_class(run, 0) == "rest");
  CHECK(page::strategy_class(run, 7) == line_class(1));
  // Who leads in another figure has a colour that nobody has yet, and who stood out keeps it.
  const page::StrategyColours colours(run, {run.outcomes[0].strategy, run.outcomes[7].strategy});
  CHECK(colours.of(run.outcomes[7].strategy) == "c1");
  CHECK(colours.line(run.outcomes[7].strategy) == line_class(1));
  CHECK(colours.of(run.outcomes[0].strategy) == "c3");
  CHECK(colours.of("nobody") == "base");
  CHECK(colours.line("nobody") == "rest");
}

TEST_CASE("Inputs have names in words") {
  CHECK(input_label("strategies.turtle.budget") == "budget of turtle");
  CHECK(input_label("sites.main.power") == "power of site main");
  CHECK(input_label("strategies.turtle") == "strategy turtle");
  CHECK(input_label("hardware.then.price_performance_doubling") == "price performance doubling");
  CHECK(input_label("progress.doubling") == "progress doubling");
  CHECK(input_label("strategies.lab.with.progress.doubling") == "progress doubling of lab");
  CHECK(labelled("horizon.length") == "horizon length (horizon.length)");
  // Two inputs that share a name go by their paths.
  const std::vector<std::string> paths = {"hardware.mfu", "a.b.price_index", "operations.pue", "c.price_index"};
  CHECK(input_labels(paths) ==
        std::vector<std::string>{"hardware mfu", "a.b.price_index", "operations pue", "c.price_index"});
}

TEST_CASE("A page explains the terms that it uses, and no others") {
  const std::string terms = page::glossary_html("<p class=\"regret\">The relative loss of an accelerator</p>");
  CHECK(terms.find("<dt>Relative loss</dt>") != std::string::npos);
  CHECK(terms.find("<dt>Accelerator</dt>") != std::string::npos);
  CHECK(terms.find("Regret") == std::string::npos);
  CHECK(page::glossary_html("<p>nothing</p>").empty());
  CHECK(page::first_terms_html("glossy").empty());
}

}  // namespace
}  // namespace fleetrace::output
