#include "sim/output/theory/frontier.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "fleetrace/frontier.hpp"
#include "models/theory/frontier.hpp"
#include "sim/cli/verbs.hpp"

// Tokens that a model of a size needs for a loss, and rules for data.
namespace fleetrace {
namespace {

using models::kBesiroglu;
using models::kHoffmann;
using models::theory::least_compute;
using models::theory::tokens_for_loss;

std::string run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = cli::kFrontier.run(arguments, {out, err});
  CHECK(code == 0);
  CHECK(err.str().empty());
  return out.str();
}

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    run(arguments);
  } catch (const cli::UsageError& error) {
    return error.what();
  }
  return "accepted";
}

nlohmann::json json(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--format", "json"});
  return nlohmann::json::parse(run(arguments));
}

}  // namespace

TEST_CASE("tokens for a loss, by hand") {
  // E = A = B = alpha = beta = 1: L = 1 + 1/N + 1/D. N = 4 leaves 1/4 of a loss of 1.5: D = 4. N = 2 leaves nothing.
  const models::Chinchilla plain{1, 1, 1, 1, 1};
  CHECK(*tokens_for_loss(plain, 4, 1.5) == Approx(4).epsilon(1e-14));
  CHECK_FALSE(tokens_for_loss(plain, 2, 1.5));
  CHECK_FALSE(tokens_for_loss(plain, 1e30, 1));
  // Least compute: N = D = 4, 6 N D = 96.
  CHECK(least_compute(plain, 1.5) == Approx(96).epsilon(1e-14));
  CHECK(std::isinf(least_compute(plain, 1)));
  // The refit at a loss of 2: a billion parameters never get there, a hundred billion take 4.85e11 tokens.
  CHECK_FALSE(tokens_for_loss(kBesiroglu, 1e9, 2));
  CHECK(*tokens_for_loss(kBesiroglu, 1e11, 2) == Approx(484883570641.8614).epsilon(1e-12));
}

TEST_CASE("those tokens give that loss, fewer of them for larger models, and least compute is that of the frontier") {
  for (const models::Chinchilla& fit : {kBesiroglu, kHoffmann}) {
    for (const double loss : {1.9, 2.0, 2.5, 4.0}) {
      double before = std::numeric_limits<double>::infinity();
      const double least = least_compute(fit, loss);
      CHECK(fit.frontier(least).loss == Approx(loss).epsilon(1e-12));
      for (double parameters = 1e6; parameters < 1e15; parameters *= 1.7) {
        const auto tokens = tokens_for_loss(fit, parameters, loss);
        const bool is_reachable = fit.floor + fit.parameter_scale * std::pow(parameters, -fit.alpha) < loss;
        REQUIRE(tokens.has_value() == is_reachable);
        if (!tokens) continue;
        CHECK(fit.loss(parameters, *tokens) == Approx(loss).epsilon(1e-12));
        CHECK(*tokens < before);
        CHECK(6 * parameters * *tokens >= least * (1 - 1e-12));
        before = *tokens;
      }
    }
  }
}

TEST_CASE("frontier --loss answers sizes and says what is out of reach") {
  const nlohmann::json result = json({"--loss", "2.0", "--parameters", "1e9..1e12"});
  REQUIRE(result.at("rows").size() == 7);
  CHECK(result["rows"][0]["tokens"].is_null());
  CHECK(result["rows"][0]["endless_loss"].get<double>() == Approx(1.8172 + 482.01 * std::pow(1e9, -0.3478)));
  CHECK(result["rows"][4]["parameters"].get<double>() == Approx(1e11).epsilon(1e-11));
  CHECK(result["rows"][4]["tokens"].get<double>() == Approx(484883570641.8614).epsilon(1e-10));
  CHECK(result["rows"][6]["over_least"].get<double>() > 1);
  CHECK(json({"--loss", "2", "--parameters", "1e9..1e12/10"})["rows"].size() == 10);
  CHECK(json({"--loss", "2,3", "--parameters", "1e9,7e10"})["rows"].size() == 4);
  CHECK(run({"--loss", "2.0"}).find("no number") != std::string::npos);
  CHECK(run({"--loss", "1.8"}).find("the floor of the fit is 1.8172") != std::string::npos);
  CHECK(refusal({"--loss", "2", "--compute", "1e24 FLOP"}).find("takes no --compute") != std::string::npos);
  CHECK(refusal({"--parameters", "1e9"}).find("belongs to --loss") != std::string::npos);
  CHECK(refusal({"--loss", "2", "--parameters", "1e12..1e9"}).find("does not rise") != std::string::npos);
  CHECK(refusal({"--loss", "2", "--parameters", "1e9..1e12/1"}).find("--parameters") != std::string::npos);
}

TEST_CASE("twice the parameters, 2.5 times the data") {
  // 20 tokens a parameter at 7e10 parameters: 8.4e11 x 1e12 FLOP. 5 times the compute is twice the size and 2.5 times the data.
  const double flop = 6 * 7e10 * 1.4e12;
  FrontierRequest request{.tokens_per_parameter = 20, .data_exponent = std::log2(2.5), .budgets = {flop, 5 * flop}};
  const auto rows = frontier(request);
  CHECK(rows[0].split.parameters == Approx(7e10).epsilon(1e-12));
  CHECK(rows[0].split.tokens == Approx(1.4e12).epsilon(1e-12));
  CHECK(rows[1].split.parameters == Approx(1.4e11).epsilon(1e-12));
  CHECK(rows[1].split.tokens == Approx(3.5e12).epsilon(1e-12));
  const auto named = json({"--tokens-per-parameter", "20", "--data-exponent", "2.5x", "--compute", "2.94e24 FLOP"});
  CHECK(named["data_exponent"].get<double>() == Approx(1.3219280948873624).epsilon(1e-11));
  CHECK(named["rows"][0]["tokens"].get<double>() == Approx(3.5e12).epsilon(1e-11));
  CHECK(json({"--tokens-per-parameter", "20", "--data-exponent", "kaplan"})["data_exponent"] == 0.74);
  CHECK(refusal({"--data-exponent", "2.5x"}).find("belong to --tokens-per-parameter") != std::string::npos);
  CHECK(refusal({"--tokens-per-parameter", "20", "--data-exponent", "chinchilla"}).find("--data-exponent") !=
        std::string::npos);
}

}  // namespace fleetrace
