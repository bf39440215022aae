#include "sim/output/page/page.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <regex>

#include "sim/core/text/utf8.hpp"
#include "sim/output/page/html.hpp"
#include "sim/output/page/page_charts.hpp"
#include "sim/output/page/page_document.hpp"
#include "sim/output/page/page_json.hpp"
#include "sim/reader/load.hpp"

namespace fleetrace::output {
namespace {

using reader::Override;

Run run_named(const std::string& name, const std::vector<Override>& changes = {}, fleet::Draw draw = {}) {
  return run_scenario(reader::load(name, changes), draw);
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Whether it shows a number that is none: nan as a word of its own, not within "finance".
bool shows_nan(const std::string& text) { return std::regex_search(text, std::regex("\\bnan\\b")); }

/// What makes elements and attributes.
std::vector<std::ptrdiff_t> markup(const std::string& html) {
  std::vector<std::ptrdiff_t> counts;
  for (const char c : {'<', '>', '"'}) counts.push_back(std::count(html.begin(), html.end(), c));
  return counts;
}

TEST_CASE("Text in HTML is escaped, and what hides or turns text is left out") {
  CHECK(html_text("a<b>&\"'c") == "a&lt;b&gt;&amp;&quot;&#39;c");
  CHECK(html_text("\x01\x1b[31m\x7f\n\t") == "[31m\n\t");
  CHECK(html_text("x\xe2\x80\xaey\xe2\x81\xa6z\xe2\x80\x8f") == "xyz");
  CHECK(html_text("\xc2\x85\xc2\x9b\xc2\xa0\xe2\x80\xa8") == "\xc2\xa0");
  CHECK(html_text("\xff<\xc0\xbc") == "\xef\xbf\xbd&lt;\xef\xbf\xbd\xef\xbf\xbd");
  CHECK(html_text("\xe2\x82\xac \xf0\x9f\x90\xa2") == "\xe2\x82\xac \xf0\x9f\x90\xa2");
  CHECK(html_element("p", "<", "class=\"a\"") == "<p class=\"a\">&lt;</p>");
}

TEST_CASE("Data within a page cannot close their element") {
  CHECK(page::script_safe(R"({"a":"</script><!-- & \" \\"})") ==
        R"({"a":"\u003c/script\u003e\u003c!-- \u0026 \u0022 \\"})");
  CHECK(page::script_safe("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa") == "\\u2028\\u2029\xe2\x80\xaa");
}

TEST_CASE("Command lines are quoted for shells") {
  CHECK(page::command_line({"fleetrace", "run", "x.yaml", "--set", "a.every=3 months", "it's", ""}) ==
        "fleetrace run x.yaml --set 'a.every=3 months' 'it'\\''s' ''");
}

TEST_CASE("A number that is none is found, and no word that has its letters") {
  for (const char* text : {"y=\"nan\"", "[0.5,nan]", ">-nan<", "nan %"}) CHECK(shows_nan(text));
  CHECK_FALSE(shows_nan("State finance.revenue or leave the tenant out"));
}

TEST_CASE("The same run gives the same page, whole and small, for every scenario") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const std::string html = to_html(run_named(std::string(name)));
    CHECK(html == to_html(run_named(std::string(name))));
    CHECK(html.size() < 400'000);
    CHECK(holds(html, "content=\"default-src 'none'; "));
    const std::string results = html.substr(0, html.find("id=\"assumptions\">"));
    for (const char* never : {"<script>", "http://", "javascript:", "inf\"", " on"})
      CHECK_FALSE(holds(results, std::string(never) + (never[1] == 'o' ? "click" : "")));
    CHECK_FALSE(shows_nan(results));
    for (const char* part : {"class=\"answer\"", "Standings", "Relative loss over time", "What held purchases back",
                             "Assumptions", "How to reproduce this"})
      CHECK(holds(html, part));
  }
}

TEST_CASE("Every chart ends where the table of results does") {
  for (const std::string_view name : reader::scenario_names()) {
    INFO(name);
    const Run run = run_named(std::string(name));
    const std::vector<std::size_t> drawn = page::drawn_strategies(run);
    const auto ends = [&](const page::Figure& figure, auto&& expected) {
      REQUIRE(figure.chart.lines.size() == drawn.size());
      for (std::size_t line = 0; line < drawn.size(); ++line) {
        INFO(figure.chart.id << ' ' << run.outcomes[drawn[line]].strategy);
        const double last = figure.chart.lines[line].points.back().y;
        const double final = expected(run.outcomes[drawn[line]].final);
        CHECK(last == Approx(final).epsilon(1e-9).margin(1e-12));
      }
    };
    ends(page::loss_chart(run), [](const fleet::Summary& final) { return final.relative_loss; });
    for (const page::Figure& figure : page::compute_charts(run)) {
      const bool is_effective = figure.chart.id == "effective";
      ends(figure,
           [&](const fleet::Summary& final) { return is_effective ? final.effective_flop : final.physical_flop; });
    }
    for (const page::Figure& figure : page::cost_charts(run)) {
      const bool is_money = figure.chart.id == "spend";
      // Points are in the unit of the axis, which the largest of them sets.
      double most = 0;
      double drawn_most = 0;
      for (std::size_t line = 0; line < drawn.size(); ++line) {
        const fleet::Summary& final = run.outcomes[drawn[line]].final;
        most = std::max(most, is_money ? final.spend().usd() : final.energy_kwh);
        drawn_most = std::max(drawn_most, figure.chart.lines[line].points.back().y);
      }
      REQUIRE(most > 0);
      const double unit = std::pow(10, std::round(std::log10(most / drawn_most)));
      ends(figure,
           [&](const fleet::Summary& final) { return (is_money ? final.spend().usd() : final.energy_kwh) / unit; });
    }
    std::size_t with_fleet = 0;
    for (const page::Figure& figure : page::fleet_charts(run)) {
      if (figure.chart.areas.empty()) continue;
      const std::size_t strategy = std::stoul(figure.chart.id.substr(figure.chart.id.rfind('-') + 1));
      CHECK(figure.chart.areas.back().high.back().y == static_cast<double>(run.outcomes[strategy].final.in_place()));
      ++with_fleet;
    }
    CHECK(with_fleet <= drawn.size());
  }
}

TEST_CASE("The page says who won, by how much and how sure that is") {
  const std::string certain = to_html(run_named("hare-and-turtle"), {"run", "hare-and-turtle", "--output", "my dir",
                                                                     "--jobs=3", "--set", "operations.lifetime=3 yr"});
  CHECK(holds(certain, "lab ends with the lowest loss, 0.480: 7.0 % below the 0.516 of heron."));
  CHECK(holds(certain, "Its loss is the lowest on average over the years, too (0.702)."));
  CHECK(holds(certain, "Which of hare, turtle, heron or lab has the lowest final loss by 2034-01-01?"));
  CHECK(holds(certain, "lab spends 2.13 billion USD, 49.7 million USD (2.4 %) more than heron."));
  CHECK(holds(certain, "<dt>Effective compute</dt>"));
  CHECK(holds(certain, "Winner lab, runner-up heron: final loss 0.4804 against 0.5163, a lead of 0.0359"));
  CHECK(holds(certain, "No randomness: the result is exact"));
  CHECK(holds(certain, "fleetrace run hare-and-turtle --set &#39;operations.lifetime=3 yr&#39;</pre>"));
  CHECK(holds(certain, "<li>GB300.price (43000 USD)</li>"));
  CHECK(holds(to_html(run_named("hare-and-turtle", {{"operations.failures", "{law: exponential, mtbf: 96517 h}"}})),
              "<mark># default, unverified"));
  CHECK(holds(to_html(run_named("race-under-uncertainty")), "uncertain inputs at their medians, so it says who won"));
  CHECK_FALSE(holds(certain, "Money over time"));
  CHECK(holds(to_html(run_named("rent-or-buy")), "Money over time"));
  const fleet::Draw drawn{7, 3, fleet::InputDraw::drawn};
  const std::string third = to_html(run_named("race-under-uncertainty", {}, drawn));
  CHECK(holds(third, "one draw of what is uncertain (replication 3)"));
  CHECK(holds(third, "fleetrace run race-under-uncertainty --seed 7 --replication 3"));
}

TEST_CASE("Accelerators in place are those of the series, instant by instant") {
  for (const std::string_view name : reader::scenario_names()) {
    const Run run = run_named(std::string(name));
    for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
      INFO(name << ", " << run.outcomes[i].strategy);
      const std::vector<fleet::Sample>& series = run.outcomes[i].series;
      const auto capacity = std::count_if(run.outcomes[i].cohorts.begin(), run.outcomes[i].cohorts.end(),
                                          [](const fleet::Cohort& cohort) { return cohort.is_capacity(); });
      REQUIRE(run.installed[i].size() == series.size());
      if (capacity > 0) continue;
      for (std::size_t row = 0; row < series.size(); ++row) {
        std::int64_t expected = 0;
        for (const fleet::State state :
             {fleet::State::in_service, fleet::State::standby, fleet::State::serving, fleet::State::in_repair})
          expected += series[row].accelerators[static_cast<std::size_t>(state)];
        std::int64_t found = 0;
        for (const std::int64_t count : run.installed[i][row]) found += count;
        CHECK(found == expected);
      }
    }
  }
}

TEST_CASE("The loss is drawn as the run has it") {
  const Run run = run_named("hare-and-turtle");
  const page::Figure figure = page::loss_chart(run);
  REQUIRE(figure.chart.lines.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(figure.chart.lines[i].points.front().y == 1);
    CHECK(figure.chart.lines[i].points.back().y == Approx(run.outcomes[i].final.relative_loss).epsilon(1e-12));
  }
  CHECK(figure.chart.levels.size() == 3);
}

TEST_CASE("More strategies than charts can show are cut to the best, and the page says so") {
  std::string yaml =
      "fleetrace: 1\nname: many\nhorizon: {start: 2026-01-01, length: 2 yr}\ninitial_fleet: [{capacity: 1e18 FLOP/s}]\n"
      "hardware: {model: trend}\nstrategies:\n";
  for (int i = 0; i < 40; ++i)
    yaml += "  s" + std::to_string(i) + ": {buy: once, at: 0 yr, budget: " + std::to_string(i + 1) + "e6 USD}\n";
  const Run run = run_scenario(reader::load_bytes(yaml, "test.yaml"), {});
  const std::vector<std::size_t> drawn = page::drawn_strategies(run);
  REQUIRE(drawn.size() == 12);
  CHECK(drawn.front() == 28);
  CHECK(holds(
      to_html(run),
      "Charts show the 12 strategies with the lowest final loss of 40; the best three of them have colours and names."));
}

TEST_CASE("A name that tries to be markup stays text, whatever it is made of") {
  // The loader refuses some of these; the page does not rely on it.
  const Run plain = run_named("hare-and-turtle");
  const std::vector<std::ptrdiff_t> expected = markup(to_html(plain));
  for (const std::string payload :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</title><b>", "<!--",
        "]]>", "</style><svg onload=x>", "&lt;b&gt;", "<\xc0\xbcscript>", "\x1b]0;x\x07<i>", "\xe2\x80\xae<b>",
        "{{7*7}}", "${x}", "<a href=javascript:x>", "</pre><b>", "\xff\xfe<\0b>"}) {
    INFO(payload);
    Run run = plain;
    run.outcomes[1].strategy = payload;
    run.setups[1].strategy.name = payload;
    run.scenario.edit().value("name").data = payload;
    run.scenario.edit().value("name").source_text = payload;
    run.scenario.sha256 = payload;
    for (fleet::StrategySetup& each : run.setups) each.plant.market.types[0].name = payload;
    CHECK(markup(to_html(run, {"run", payload})) == markup(to_html(run, {"run", "x"})));
    Run renamed = run;
    // As long as the payload: whether a name has room within its area decides where it stands.
    const std::string harmless(core::characters(payload), 'n');
    renamed.outcomes[1].strategy = renamed.scenario.sha256 = harmless;
    renamed.scenario.edit().value("name").data = renamed.scenario.edit().value("name").source_text = harmless;
    for (fleet::StrategySetup& each : renamed.setups) each.plant.market.types[0].name = harmless;
    CHECK(markup(to_html(run)) == markup(to_html(renamed)));
  }
}

}  // namespace
}  // namespace fleetrace::output
