#include "sim/output/theory/milestones.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "fleetrace/core/diagnostic.hpp"
#include "fleetrace/core/quantity.hpp"
#include "fleetrace/models/loss.hpp"
#include "sim/cli/verbs.hpp"

namespace {

using fleetrace::Milestone;
using fleetrace::milestones;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Milestone one(double kappa, double gamma, double loss) {
  return milestones({.kappa = kappa, .gammas = {gamma}, .losses = {loss}}).rows.front();
}

std::string run(const std::vector<std::string>& arguments, const std::string& said = "") {
  std::ostringstream out;
  std::ostringstream err;
  const int code = fleetrace::cli::kMilestones.run(arguments, {out, err});
  CHECK(code == 0);
  CHECK(err.str().substr(0, said.empty() ? std::string::npos : said.size()) == said);
  return out.str();
}

std::string complaint(const std::vector<std::string>& arguments) {
  try {
    run(arguments);
  } catch (const fleetrace::cli::UsageError& error) {
    return error.what();
  }
  return "accepted";
}

/// A program of the same closed forms that may stand beside a checkout; empty where there is none.
std::filesystem::path independent_program() {
  const std::filesystem::path folder = std::filesystem::path(FLEETRACE_SHARED_DIR) / "oracle";
  if (folder.is_relative() || !std::filesystem::is_directory(folder)) return {};
  for (const auto& each : std::filesystem::directory_iterator(folder)) {
    if (each.path().extension() == ".py") return each.path();
  }
  return {};
}

}  // namespace

TEST_CASE("years to a relative loss meet the published figures", "[milestones]") {
  const double gammas[] = {0, 0.5, 1, 2, 3};
  const double half[] = {1048575, 36.94, 19.47, 10.24, 7.02};
  const double four_fifths[] = {85.74, 9.88, 5.92, 3.45, 2.50};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(one(0.05, gammas[i], 0.5).years == Approx(half[i]).margin(0.005).epsilon(0));
    CHECK(one(0.05, gammas[i], 0.8).years == Approx(four_fifths[i]).margin(0.005).epsilon(0));
  }
  CHECK(one(0.05, 0, 0.5).years == 1048575);  // 2^20 - 1, exactly
  CHECK(one(0.05, 2, 0.5).fleet_multiple == 1048575);
}

TEST_CASE("after those years the mean field is at that loss", "[milestones]") {
  for (const double kappa : {0.05, 0.3, 1.0}) {
    for (const double gamma : {-0.001, 0.0, 1e-12, 0.25, 1.0, 3.0, 100.0}) {
      double before = 0;
      for (const double loss : {1.0, 0.999, 0.9, 0.8, 0.7}) {
        const Milestone row = one(kappa, gamma, loss);
        if (row.never) continue;
        const double ratio = fleetrace::models::mean_field_ratio(gamma, row.years);
        CHECK(std::pow(ratio, -kappa) == Approx(loss).epsilon(1e-12));
        CHECK((loss == 1 ? row.years == 0 : row.years > before));
        before = row.years;
      }
    }
  }
}

TEST_CASE("faster efficiency gains never take longer", "[milestones]") {
  for (const double loss : {0.9, 0.5, 0.01, 1e-20}) {
    double before = kInfinity;
    for (double gamma = -1; gamma <= 5; gamma += 0.03125) {
      const double years = one(0.05, gamma, loss).years;
      CHECK((years < before || (years == before && std::isinf(years))));
      before = years;
    }
  }
}

TEST_CASE("falling efficiency reaches its limit and nothing beyond", "[milestones]") {
  // C/C0 tends to 1 + 1 / (|gamma| ln 2).
  const double limit = 1 + 1 / (0.01 * std::log(2.0));
  CHECK_FALSE(one(1, -0.01, 1.001 / limit).never);
  CHECK(one(1, -0.01, 0.999 / limit).never);
  CHECK(std::isinf(one(1, -0.01, 0.999 / limit).years));
}

TEST_CASE("compute ratios beyond the range of a double are answered", "[milestones]") {
  // R = 1e-20 at kappa = 0.05 takes C/C0 = 1e400: t = (400 ln 10 + ln ln 2) / ln 2 years at gamma = 1.
  const Milestone growing = one(0.05, 1, 1e-20);
  CHECK(growing.years == Approx((400 * std::log(10.0) + std::log(std::log(2.0))) / std::log(2.0)).epsilon(1e-13));
  CHECK(std::isinf(growing.fleet_multiple));
  CHECK(std::isinf(one(0.05, 0, 1e-20).years));
  CHECK_FALSE(one(0.05, 0, 1e-20).never);
  CHECK(one(0.05, -1, 1e-20).never);
  CHECK(std::isfinite(one(5e-324, 1, 1).years));
  const std::string table = run({"--loss", "1e-20", "--gamma=-1,0,1"});
  CHECK(table.find("never  beyond 1e308    1,328    beyond 1e308") != std::string::npos);
  CHECK(table.find("takes more than 1e308 years") != std::string::npos);
}

TEST_CASE("the logarithmic form continues the closed form", "[milestones]") {
  // Either side of where one takes over from the other, C/C0 = e^600.
  const double edge = std::exp(-600 * 0.5);
  for (const double gamma : {1e-280, 1e-3, 1.0, 100.0}) {
    const double below = one(0.5, gamma, edge * (1 + 1e-9)).years;
    const double above = one(0.5, gamma, edge * (1 - 1e-9)).years;
    CHECK(below < above);
    CHECK(below == Approx(above).epsilon(1e-8));
  }
}

TEST_CASE("milestones as JSON", "[milestones]") {
  const auto json = nlohmann::json::parse(run({"--format", "json", "--gamma", "0,-1", "--loss", "0.5"}));
  CHECK(json["format"] == 1);
  CHECK(json["kappa"] == 0.05);
  REQUIRE(json["rows"].size() == 2);
  CHECK(json["rows"][0] ==
        nlohmann::json{{"relative_loss", 0.5}, {"gamma", 0.0}, {"years", 1048575.0}, {"fleet_multiple", 1048575.0}});
  CHECK(json["rows"][1]["years"].is_null());
  CHECK(json["rows"][1]["fleet_multiple"] == 1048575.0);
}

TEST_CASE("milestones as CSV: the order of the request, 12 digits", "[milestones]") {
  CHECK(run({"--format=csv", "--gamma=1,-1", "--loss=0.5,0.9"}) ==
        "relative_loss,gamma,years,fleet_multiple\n"
        "0.5,1,19.4712342361,1048575\n"
        "0.5,-1,,1048575\n"
        "0.9,1,2.58692585341,7.22526333997\n"
        "0.9,-1,,7.22526333997\n");
}

TEST_CASE("the table says what it is and what follows", "[milestones]") {
  const std::string text = run({});
  CHECK(text.find("          0.5  1,048,575      36.94    19.47    10.24     7.02       1,048,575\n") !=
        std::string::npos);
  CHECK(text.find("takes millennia (1,048,575 years)") != std::string::npos);
  CHECK(run({"--loss", "0.9"}).find("a relative loss of 0.9 takes 7.23 years; with 3 doublings") != std::string::npos);
  CHECK(run({"--loss", "0.8"}).find("takes decades (85.74 years)") != std::string::npos);
  CHECK(run({"--kappa", "0.1", "--loss", "0.55"}).find("takes centuries (393.80 years)") != std::string::npos);
  for (const std::string gammas : {"0", "0,1,2,3", "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20"}) {
    std::istringstream lines(run({"--gamma", gammas}));
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
  }
}

TEST_CASE("milestones refuse what makes no sense", "[milestones]") {
  const std::string why = ": at 0 or below compute would lower no loss, and no law is steeper than 1).";
  CHECK(complaint({"--kappa", "0"}) == "--kappa: \"0\" is out of range (must be above 0 and at most 1" + why);
  CHECK(complaint({"--kappa", "1.01"}) == "--kappa: \"1.01\" is out of range (must be above 0 and at most 1" + why);
  CHECK(complaint({"--loss", "0.5,0"}) == "--loss: \"0\" is out of range (must be above 0 and at most 1).");
  CHECK(complaint({"--loss", "1.1"}) == "--loss: \"1.1\" is out of range (must be above 0 and at most 1).");
  CHECK(complaint({"--gamma", "101"}) == "--gamma: \"101\" is out of range (must be at least -100 and at most 100).");
  CHECK(complaint({"--gamma=-101"}) == "--gamma: \"-101\" is out of range (must be at least -100 and at most 100).");
  CHECK(complaint({"--gamma", "1,,2"}) == "--gamma: \"\" is not a number (empty). Write a number, such as \"0.38\".");
  CHECK(complaint({"--gamma", "1 ,2"}).find("--gamma: \"1 \" is not a number (space around it).") == 0);
  CHECK(complaint({"--gamma", "nan"}).find("--gamma: \"nan\" is not a number") == 0);
  CHECK(complaint({"--gamma", "0x10"}).find("--gamma: \"0x10\" is not a number") == 0);
  CHECK(complaint({"--kappa", "1e999"}).find("--kappa: \"1e999\" is not a number (too large to represent).") == 0);
  CHECK(complaint({"x"}) == "milestones takes no operands: \"x\" is one too many.");
  std::string many = "0";
  for (int i = 0; i < 1000; ++i) many += ",0";
  CHECK(complaint({"--gamma", many}) == "--gamma has more than 1000 values.");
}

TEST_CASE("milestones agree with an independent program", "[milestones]") {
  const std::filesystem::path program = independent_program();
  if (program.empty()) {
    WARN("skipped: there is no independent program of the closed forms beside this checkout");
    return;
  }
  // t_target stands inside a function of that program; its two lines are taken from there and run.
  const std::string command =
      "python3 -c \"import math, re, textwrap; text = open('" + program.string() +
      "').read(); "
      "code = re.search(r'    def t_target.*\\n(?:        .*\\n)+', text).group(0); "
      "exec('LN2 = math.log(2.0)\\n' + textwrap.dedent(code)); "
      "print('\\n'.join(repr(t_target(R, g, k)) for k in (.05, .1, 1.) for R in (.99, .9, .5, .2) for g in (0., .5, 1., 2., 3., 50.)))\"";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  REQUIRE(pipe != nullptr);
  int compared = 0;
  for (const double kappa : {.05, .1, 1.}) {
    for (const double loss : {.99, .9, .5, .2}) {
      for (const double gamma : {0., .5, 1., 2., 3., 50.}) {
        double expected = 0;
        REQUIRE(std::fscanf(pipe.get(), "%lf", &expected) == 1);
        CHECK(one(kappa, gamma, loss).years == Approx(expected).epsilon(1e-12));
        ++compared;
      }
    }
  }
  CHECK(compared == 72);
}

TEST_CASE("an uncertain kappa: the years at its quantiles", "[milestones]") {
  // A uniform kappa from 0.04 to 0.06: a tenth lies below 0.042 and above 0.058. Years fall with kappa.
  const fleetrace::MilestoneRequest request{
      .gammas = {0, 1}, .losses = {0.8}, .law = "{model: relative, kappa: {uniform: {low: 0.04, high: 0.06}}}"};
  const auto rows = milestones(request).rows;
  CHECK(milestones(request).uncertain == "kappa");
  for (const Milestone& row : rows) {
    CHECK(row.years == Approx(one(0.05, row.gamma, 0.8).years).epsilon(1e-12));
    CHECK(*row.years_low == Approx(one(0.058, row.gamma, 0.8).years).epsilon(1e-12));
    CHECK(*row.years_high == Approx(one(0.042, row.gamma, 0.8).years).epsilon(1e-12));
  }
  // Equal chances of two values, in an order that neither rises nor falls with anything: by sorted draws.
  const auto drawn = milestones(
      {.gammas = {0}, .losses = {0.8}, .law = "{kappa: {choice: {values: [0.06, 0.04, 0.05]}}}", .range = 0.5});
  CHECK(drawn.rows[0].years == Approx(one(0.05, 0, 0.8).years).epsilon(1e-12));
  CHECK(*drawn.rows[0].years_low == Approx(one(0.06, 0, 0.8).years).epsilon(1e-12));
  CHECK(*drawn.rows[0].years_high == Approx(one(0.04, 0, 0.8).years).epsilon(1e-12));
  const auto json = nlohmann::json::parse(
      run({"--kappa", "{uniform: {low: 0.04, high: 0.06}}", "--range", "0.5", "--format", "json"}));
  CHECK(json["range"] == 0.5);
  CHECK(json["rows"][0]["years_low"].get<double>() < json["rows"][0]["years"].get<double>());
}

TEST_CASE("milestones of any law: the loss at those years is that loss", "[milestones]") {
  using fleetrace::models::kBesiroglu;
  const double reference = 3.8e25;
  const double at_start = kBesiroglu.frontier(reference).loss;
  for (const double gamma : {0.0, 1.0, 2.0}) {
    const Milestone row = milestones(
                              {.gammas = {gamma}, .losses = {0.98}, .law = "chinchilla", .reference_flop = reference})
                              .rows.front();
    const double ratio = fleetrace::models::mean_field_ratio(gamma, row.years);
    CHECK(kBesiroglu.frontier(ratio * reference).loss / at_start == Approx(0.98).epsilon(1e-10));
  }
  // A stock of data that doubles every year: by bisection in time.
  const std::string limited = "{model: data_limited, stock: 3e12, stock_doubling: 1 yr}";
  const Milestone wall = milestones({.gammas = {2}, .losses = {0.97}, .law = limited, .reference_flop = reference})
                             .rows.front();
  CHECK(std::isfinite(wall.years));
  CHECK(wall.years > milestones({.gammas = {2},
                                 .losses = {0.97},
                                 .law = "{model: data_limited, stock: 1e30, stock_doubling: 1 yr}",
                                 .reference_flop = reference})
                         .rows.front()
                         .years);
  // Without a reference, and with what is no law's business.
  CHECK(complaint({"--law", "chinchilla"}).find("needs the reference compute") != std::string::npos);
  CHECK(complaint({"--law", "{kappa: 0.05, targets: [0.5]}"}).find("takes no targets") != std::string::npos);
  CHECK(complaint({"--law", "relative", "--kappa", "0.05"}).find("exclude each other") != std::string::npos);
  CHECK_THROWS_AS(run({"--law", "chinchila"}), fleetrace::core::InputError);
}

TEST_CASE("a loss below the floor of a law is warned about and never reached", "[milestones]") {
  const auto found = milestones(
      {.gammas = {0, 3}, .losses = {0.99, 0.5}, .law = "chinchilla", .reference_flop = 3.8e25});
  REQUIRE(found.warnings.size() == 1);
  CHECK(found.warnings[0].find("0.5 lies below the floor of chinchilla") != std::string::npos);
  CHECK_FALSE(found.rows[0].below_floor);
  CHECK(found.rows[2].below_floor);
  CHECK(std::isinf(found.rows[3].years));
  const std::string table = run({"--law", "chinchilla", "--reference", "3.8e25 FLOP", "--loss", "0.5"});
  CHECK(table.find("below floor") != std::string::npos);
  CHECK(table.find("Warning: ") != std::string::npos);
  CHECK(run({}).find("Warning") == std::string::npos);
  // What has no place for a warning leaves it on stderr.
  const std::vector<std::string> scaled{"--law", "chinchilla", "--reference", "3.8e25 FLOP", "--loss", "0.98,0.9"};
  for (const auto& [option, value] : {std::pair{"--format", "csv"}, std::pair{"--plot", "gamma"}}) {
    std::vector<std::string> arguments = scaled;
    arguments.insert(arguments.end(), {option, value});
    CHECK_FALSE(run(arguments, "Warning: a relative loss of 0.9 lies below the floor of chinchilla").empty());
  }
}

TEST_CASE("a stock of data that does not grow is a floor, and a growing one is none", "[milestones]") {
  const auto at = [](const std::string& stock, double loss) {
    return milestones({.gammas = {2},
                       .losses = {loss},
                       .law = "{model: data_limited, stock: " + stock + "}",
                       .reference_flop = 1e22});
  };
  const double floor = at("1e12", 0.9).floor;
  CHECK(floor == Approx(0.89).margin(1e-3));
  CHECK(std::isfinite(at("1e12", floor * (1 + 1e-6)).rows[0].years));
  CHECK(at("1e12", 0.88).rows[0].below_floor);
  CHECK(at("1e12", 0.88).warnings.size() == 1);
  CHECK_FALSE(at("1e12, stock_doubling: 1 yr", 0.88).rows[0].below_floor);
  CHECK(std::isfinite(at("1e12, stock_doubling: 1 yr", 0.88).rows[0].years));
  // The ends of a range, too.
  const std::string table = run({"--law", "{model: chinchilla, tokens_per_parameter: {uniform: {low: 10, high: 30}}}",
                                 "--reference", "3.8e25 FLOP", "--loss", "0.8"});
  CHECK(table.find("below floor  below floor  below floor") != std::string::npos);
  CHECK(table.find("beyond") == std::string::npos);
}

TEST_CASE("options of milestones without what they belong to are refused", "[milestones]") {
  CHECK(complaint({"--fleets", "1,2"}) == "--fleets belongs to --plot loss.");
  CHECK(complaint({"--years", "9 yr", "--plot", "gamma"}) == "--years belongs to --plot loss.");
  CHECK(complaint({"--range", "0.9"}).find("--range belongs to a distribution") == 0);
  CHECK(complaint({"--format", "csv", "--plot", "loss"}).find("--format and --plot exclude each other") == 0);
}

TEST_CASE("milestones draw losses over time and years over gamma", "[milestones]") {
  const std::string loss = run({"--plot", "loss", "--years", "10 yr"});
  CHECK(loss.rfind("<svg xmlns", 0) == 0);
  CHECK(loss.find("gamma 0.5") != std::string::npos);
  CHECK(run({"--plot", "loss", "--kappa", "{uniform: {low: 0.04, high: 0.06}}"}) != loss);
  // A band has the colour of its line.
  const std::string bands = run({"--plot", "loss", "--kappa", "{uniform: {low: 0.04, high: 0.06}}"});
  CHECK(bands.find("class=\"area band c1\"") != std::string::npos);
  CHECK(run({"--plot", "gamma"}).find("R 0.9") != std::string::npos);
  CHECK(complaint({"--plot", "gamma", "--gamma=-1,0"}).find("a rate above 0") != std::string::npos);
  CHECK(complaint({"--plot", "los"}).find("--plot") != std::string::npos);
}
