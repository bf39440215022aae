#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "sim/cli/verbs.hpp"

// What `fleetrace theory` prints and refuses.
namespace fleetrace::cli {
namespace {

using Arguments = std::vector<std::string>;

std::string theory(const Arguments& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  CHECK(kTheory.run(arguments, {out, err}) == kDone);
  CHECK(err.str().empty());
  return out.str();
}

nlohmann::json json(Arguments arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  return nlohmann::json::parse(theory(arguments));
}

std::string refusal(const Arguments& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  try {
    static_cast<void>(kTheory.run(arguments, {out, err}));
  } catch (const UsageError& error) {
    CHECK(out.str().empty());
    return error.what();
  }
  return "accepted";
}

const Arguments kNoAlgorithms{"--algorithm-doubling", "none", "--lifetime", "unlimited"};

Arguments with(Arguments arguments, const Arguments& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_CASE("JSON has the promised figures and cites where they are derived") {
  const nlohmann::json result = json({});
  CHECK(result.at("format") == 1);
  CHECK(result.at("cumulative").at("lead_years").get<double>() == Approx(1.36).margin(.005));
  CHECK(result.at("cumulative").at("optimal_purchase_years").get<double>() == Approx(6.64).margin(.005));
  CHECK(result.at("cumulative").at("break_even_years").get<double>() == Approx(2.55).margin(.005));
  CHECK(result.at("cumulative").at("formula") == "derivations 8.1");
  CHECK(result.at("cumulative").at("winner") == "uniform");
  CHECK(result.at("cumulative").at("relative_loss").at("front_loaded").get<double>() == Approx(.773).margin(.0005));
  CHECK(result.at("cumulative").at("relative_loss").at("uniform").get<double>() == Approx(.622).margin(.0005));
  CHECK(result.at("cumulative").at("relative_loss").at("single_purchase").get<double>() == Approx(.600).margin(.0005));
  CHECK(result.at("mean_loss").at("break_even_years").get<double>() == Approx(7.07).margin(.005));
  CHECK(result.at("mean_loss").at("mean_relative_loss").at("front_loaded").get<double>() == Approx(.841).margin(.0005));
  CHECK(result.at("mean_loss").at("mean_relative_loss").at("uniform").get<double>() == Approx(.829).margin(.0005));
  CHECK(result.at("best_run").at("optimal_purchase_years").get<double>() == Approx(7.5));
  CHECK(result.at("best_run").at("break_even_years").get<double>() == Approx(1.383).margin(.0005));
  CHECK(result.at("fleet_worth").at("gamma").get<double>() == Approx(1.983).margin(.0005));
  CHECK(result.at("fleet_worth").at("overtaking").size() == 3);
}

TEST_CASE("Without algorithms the break-even is 1.79328/eta, and the best of all plans is known") {
  const nlohmann::json result = json(
      with(kNoAlgorithms, {"--price-performance-doubling", "2 yr", "--horizon", "30 yr", "--nu", "0.4"}));
  CHECK(result.at("cumulative").at("break_even_years").get<double>() == Approx(1.7932821329 * 2 / .69314718056));
  CHECK(result.at("mean_loss").at("mean_relative_loss").at("optimum").get<double>() == Approx(25.491685626 / 30));
  CHECK_FALSE(result.at("cumulative").at("relative_loss").contains("optimum"));
}

TEST_CASE("A flat optimum is said to be flat") {
  const Arguments none{"--price-performance-doubling",
                       "none",
                       "--algorithm-doubling",
                       "none",
                       "--horizon",
                       "8 yr",
                       "--lifetime",
                       "5 yr"};
  const nlohmann::json still = json(none);
  CHECK(still.at("cumulative").at("optimal_purchase_years") == 0);
  CHECK(still.at("cumulative").at("optimal_purchase_latest_years") == 3);
  CHECK(still.at("cumulative").at("lead_note").get<std::string>().find("flat") == 0);
  CHECK(still.at("best_run").at("optimal_purchase_years") == 0);
  CHECK(still.at("best_run").at("optimal_purchase_latest_years") == 7.5);
  CHECK_FALSE(still.at("mean_loss").contains("optimal_purchase_latest_years"));
  CHECK(theory(none).find("at any time in the first 3.00 yr for the lowest") != std::string::npos);
  // With algorithms alone the machine has to be there for the whole of the last run.
  const nlohmann::json algorithms = json(
      {"--price-performance-doubling", "none", "--horizon", "8 yr", "--lifetime", "5 yr"});
  CHECK(algorithms.at("best_run").at("optimal_purchase_years") == 3);
  CHECK(algorithms.at("best_run").at("optimal_purchase_latest_years") == 7.5);
  CHECK_FALSE(algorithms.at("cumulative").contains("optimal_purchase_latest_years"));
}

TEST_CASE("A figure that is null says why beside it") {
  const nlohmann::json still = json(with(kNoAlgorithms, {"--price-performance-doubling", "none"}));
  for (const char* accounting : {"cumulative", "mean_loss", "best_run"}) {
    CHECK(still.at(accounting).at("break_even_years").is_null());
    CHECK(still.at(accounting).at("break_even_note").get<std::string>().find("always") == 0);
    CHECK(still.at(accounting).at("optimal_purchase_years") == 0);
    CHECK(still.at(accounting).at("winner") == "front_loaded");
  }
  CHECK(still.at("cumulative").at("lead_years").is_null());
  CHECK(still.at("fleet_worth").at("overtaking")[0].at("no_progress_years").is_null());
  CHECK(still.at("fleet_worth").at("overtaking")[0].at("no_progress_note").get<std::string>().find("never") == 0);

  const nlohmann::json risky = json({"--volatility", "0.3"});
  CHECK(risky.at("cumulative").at("lead_years").get<double>() > 1.36);
  CHECK(risky.at("cumulative").at("break_even_years").is_null());
  CHECK_FALSE(risky.at("cumulative").at("break_even_note").get<std::string>().empty());
  CHECK(risky.at("mean_loss").at("lead_years").is_null());

  const nlohmann::json costly = json(
      with(kNoAlgorithms, {"--opex", "0.15 /yr", "--price-performance-doubling", "2 yr"}));
  CHECK(costly.at("cumulative").at("lead_years").get<double>() == Approx(2.1754818741));
  CHECK(costly.at("best_run").at("lead_years").is_null());

  const nlohmann::json early = json({"--horizon", "3 months"});
  CHECK(early.at("best_run").at("lead_note") == "no run ends within the horizon");

  CHECK(json({"--run-length", "6 yr"}).at("best_run").at("break_even_note").get<std::string>().find("never") == 0);
}

TEST_CASE("Interest and decay move the lead as their formulas say") {
  const nlohmann::json base = json({});
  const nlohmann::json interest = json({"--interest", "0.05 /yr"});
  const nlohmann::json decay = json({"--decay", "0.1 /yr"});
  CHECK(interest.at("cumulative").at("break_even_years") < base.at("cumulative").at("break_even_years"));
  CHECK(decay.at("cumulative").at("lead_years").get<double>() == Approx(1.2247).margin(.0001));
  CHECK(decay.at("best_run").at("break_even_years").is_null());
}

TEST_CASE("The text answers first, says where figures come from, and fits 100 columns") {
  const std::string text = theory({});
  CHECK(text.find("With one purchase and a horizon of 8 yr, buy after 6.64 yr for the lowest final loss") == 0);
  CHECK(text.find("the accounting decides") != std::string::npos);
  for (const char* expected : {"final loss (8.1)", "average loss (8.3)", "best run (11)", "2.55", "7.07", "1.38"}) {
    INFO(expected);
    CHECK(text.find(expected) != std::string::npos);
  }
  const std::vector<Arguments> many = {{},
                                       {"--table"},
                                       {"--volatility", "0.3"},
                                       {"--horizon", "300 yr"},
                                       kNoAlgorithms,
                                       with(kNoAlgorithms, {"--price-performance-doubling", "none"})};
  for (const Arguments& arguments : many) {
    std::istringstream lines(theory(arguments));
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
  }
}

TEST_CASE("The table has the rows and columns of derivations 8.1 for each lifetime, and the user's own") {
  const Arguments four{"--table", "--lifetime", "unlimited", "--lifetime", "4 yr"};
  const nlohmann::json rows = json(four).at("rows");
  // Three accountings, two lifetimes, six doublings of price-performance, six rates of algorithms.
  CHECK(rows.size() == 216U);
  const auto cell = [&](const std::string& accounting, bool unlimited, double doubling, double rate) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const nlohmann::json& row) {
      return row.at("accounting") == accounting && row.at("lifetime_years").is_null() == unlimited &&
             row.at("price_performance_doubling_years") == doubling && row.at("algorithm_doublings_per_year") == rate;
    });
    REQUIRE(found != rows.end());
    return found->at("break_even_years").get<double>();
  };
  CHECK(cell("cumulative", true, 2.07, 1.5) == Approx(2.55).margin(.005));
  CHECK(cell("cumulative", false, 2.07, 0) == Approx(4.54).margin(.005));
  CHECK(cell("cumulative", false, 4.4, 1) == Approx(4.10).margin(.005));
  CHECK(cell("mean_loss", true, 2.07, 0) == Approx(16.10).margin(.005));
  CHECK(cell("best_run", true, 2.07, 2) == Approx(1.383).margin(.0005));
  CHECK(json({"--table", "--price-performance-doubling", "3 yr"}).at("rows").size() == 252U);
  CHECK(json({"--table", "--decay", "0.1 /yr"}).at("rows").size() == 144U);
  const std::string csv = theory({"--table", "--format", "csv"});
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 1 + 3 * 2 * 6 * 6);
  CHECK(theory({"--table"}).find("11.38*") != std::string::npos);
}

TEST_CASE("CSV has one figure a row, markdown has tables") {
  const std::string csv = theory({"--format", "csv"});
  CHECK(csv.find("section,figure,value,unit,formula\n") == 0);
  CHECK(csv.find("\ncumulative,break_even,2.54934804651,yr,derivations 8.1\n") != std::string::npos);
  CHECK(theory({"--format", "markdown"}).find("| final loss (8.1) | 6.64 |") != std::string::npos);
}

TEST_CASE("Charts are SVG files of their own, with a line for each accounting") {
  for (const char* what : {"purchase", "horizon"}) {
    for (const char* lifetime : {"3 yr", "unlimited"}) {
      const std::string svg = theory({"--plot", what, "--lifetime", lifetime});
      INFO(what << ' ' << lifetime);
      CHECK(svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\"") == 0);
      for (const char* name : {">final<", ">average<", ">best run<"}) CHECK(svg.find(name) != std::string::npos);
      CHECK(svg.find("nan") == std::string::npos);
      CHECK(svg.find("inf") == std::string::npos);
    }
  }
  CHECK(theory({"--plot", "horizon", "--price-performance-doubling", "none"}) !=
        theory({"--plot", "horizon", "--algorithm-doubling", "none"}));
}

TEST_CASE("Wrong command lines are refused with a reason") {
  struct Case {
    Arguments arguments;
    std::string expected;
  };
  const Case cases[] = {
      {{"--horizon", "8"}, "--horizon: \"8\" is not a duration"},
      {{"--plot", "date"}, "there is no --plot"},
      {{"--plot", "horizon", "--table"}, "exclude each other"},
      {{"--plot", "horizon", "--volatility", "0.3"}, "no closed form with volatility"},
      {{"--horizon", "0 yr"}, "out of range"},
      {{"--horizon", "-1 yr"}, "out of range"},
      {{"--horizon", "unlimited"}, "not a duration"},
      {{"--horizon", "1000 yr"}, "beyond the range of numbers"},
      {{"--lifetime", "none"}, "not a duration"},
      {{"--lifetime", "unlimted"}, "Did you mean \"unlimited\"?"},
      {{"--lifetime", "3 yr", "--lifetime", "4 yr"}, "only --table takes several"},
      {{"--algorithm-doubling", "non"}, "Did you mean \"none\"?"},
      {{"--price-performance-doubling", "0 yr"}, "out of range"},
      {{"--price-performance-doubling", "-2 yr"}, "out of range"},
      {{"--kappa", "0"}, "out of range"},
      {{"--kappa", "1.5"}, "out of range"},
      {{"--kappa", "nan"}, "--kappa"},
      {{"--nu", "0"}, "out of range"},
      {{"--run-length", "0 yr"}, "out of range"},
      {{"--interest", "-0.01 /yr"}, "out of range"},
      {{"--interest", "5%"}, "--interest"},
      {{"--decay", "-1 /yr"}, "out of range"},
      {{"--volatility", "-0.1"}, "out of range"},
      {{"--opex", "0.1 /yr"}, "running costs have a closed form only without algorithmic progress"},
      {with(kNoAlgorithms, {"--opex", "0.1 /yr", "--interest", "0.1 /yr"}), "running costs"},
      {{"--fleet-multiple", "1"}, "above 1"},
      {{"--fleet-multiple", "2,,3"}, "--fleet-multiple"},
      {{"--fleet-multiple", "2,"}, "--fleet-multiple"},
      {{"--table", "--volatility", "0.1"}, "--table"},
      {{"--table", "--opex", "0.1 /yr"}, "--table"},
      {{"--format", "xml"}, "Valid values are"},
      {{"--hrizon", "8 yr"}, "Did you mean \"--horizon\"?"},
      {{"--horizon"}, "--horizon needs a value"},
      {{"--table=yes"}, "takes no value"},
      {{"scenario.yaml"}, "takes no operands"},
  };
  for (const Case& each : cases) {
    INFO(each.expected);
    const std::string message = refusal(each.arguments);
    CHECK_THAT(message, Catch::Contains(each.expected));
  }
}

TEST_CASE("Everything that is wrong with a command line is told at once, a line each") {
  const std::string message = refusal({"scenario.yaml", "--horizon", "8 ys", "--kappa", "7", "--lifetime", "never",
                                       "--fleet-multiple", "2,half,0.5", "--table", "--plot", "horizn", "--format",
                                       "xml"});
  for (const char* each : {"theory takes no operands", "fleetrace: --horizon: ", "fleetrace: --kappa: ",
                           "fleetrace: --lifetime: ", "fleetrace: --fleet-multiple: \"half\"",
                           "fleetrace: --fleet-multiple: \"0.5\"", "there is no --plot \"horizn\"",
                           "fleetrace: --table and --plot exclude each other.", "there is no --format \"xml\""}) {
    INFO(message);
    CHECK(message.find(each) != std::string::npos);
  }
  CHECK(std::count(message.begin(), message.end(), '\n') == 8);
}

}  // namespace
}  // namespace fleetrace::cli
