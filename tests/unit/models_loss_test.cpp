#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/models/loss.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using test::Random;
using test::spec_of;

}  // namespace

TEST_CASE("relative loss with kappa = 0.05") {
  const auto law = models::resolve_loss(spec_of(*models::loss_family().find("relative"), {}), 1e20);
  CHECK(law.loss(1) == 1);
  CHECK(law.loss(2) == Approx(0.965936328924846).epsilon(1e-14));  // doubling compute moves it by 3.4 %
  CHECK(law.loss(1'048'576) == Approx(0.5).epsilon(1e-14));        // 2^20
  CHECK(law.ratio(1) == 1);
  CHECK(law.ratio(0.5) == Approx(1'048'576).epsilon(1e-13));
  CHECK(law.ratio(0.8) == Approx(86.7361737988403).epsilon(1e-13));  // 1.25^20
  CHECK(law.loss(INFINITY) == 0);
}

TEST_CASE("the exponent comes from the scenario") {
  const auto& entry = *models::loss_family().find("relative");
  CHECK(models::resolve_loss(spec_of(entry, {{"kappa", "1"}}), 1e20).loss(4) == Approx(0.25).epsilon(1e-15));
  CHECK(models::resolve_loss(spec_of(entry, {{"kappa", "0.5"}}), 1e20).ratio(0.5) == Approx(4).epsilon(1e-14));
}

TEST_CASE("ratio is the inverse of loss, which falls") {
  Random random(13);
  for (int i = 0; i < 5'000; ++i) {
    const double kappa = std::pow(10.0, random.uniform(-2, 0));
    const auto law = models::relative_loss(kappa);
    const double ratio = std::pow(10.0, random.uniform(0, 12));
    const double loss = law.loss(ratio);
    INFO(kappa << ' ' << ratio);
    REQUIRE(loss > 0);
    REQUIRE(loss <= 1);
    // An ulp of loss is 1/kappa ulp of the ratio, one of its logarithm as many as that is large.
    REQUIRE(law.ratio(loss) == Approx(ratio).epsilon(4e-16 * (1 / kappa + 10 + std::log(ratio))));
    REQUIRE(law.loss(ratio * 1.001) < loss);
    REQUIRE(law.loss(law.ratio(loss)) == Approx(loss).epsilon(1e-14));
  }
  CHECK(models::relative_loss(1e-4).ratio(0.5) == INFINITY);
}

TEST_CASE("mean field: years to a relative loss, as in derivations 0e") {
  struct Row {
    double gamma, half, four_fifths;
  };
  const auto law = models::relative_loss(0.05);
  for (const Row& row : {Row{0, 1'048'575, 85.73617379884026}, Row{0.5, 36.94247244217569, 9.881639015675391},
                         Row{1, 19.471234236141907, 5.917140206548573}, Row{2, 10.235616621833957, 3.4525765988219144},
                         Row{3, 7.018731804521418, 2.495365931128783}}) {
    INFO("gamma " << row.gamma);
    CHECK(models::mean_field_years(row.gamma, law.ratio(0.5)) == Approx(row.half).epsilon(1e-12));
    CHECK(models::mean_field_years(row.gamma, law.ratio(0.8)) == Approx(row.four_fifths).epsilon(1e-12));
  }
}

TEST_CASE("mean field: compute after some years") {
  CHECK(models::mean_field_ratio(2, 5) == Approx(738.9385134147049).epsilon(1e-14));  // 1 + 1023 / (2 ln 2)
  CHECK(models::mean_field_ratio(1, 1) == Approx(1 + 1 / std::log(2.0)).epsilon(1e-14));
  CHECK(models::mean_field_ratio(0, 7) == 8);
  CHECK(models::mean_field_ratio(1e-300, 7) == 8);
  CHECK(models::mean_field_ratio(-1e-300, 7) == 8);
  for (const double gamma : {-2.0, 0.0, 2.0}) CHECK(models::mean_field_ratio(gamma, 0) == 1);
  CHECK(models::mean_field_ratio(-1, 1) == Approx(1 + 0.5 / std::log(2.0)).epsilon(1e-14));
}

TEST_CASE("mean field: a shrinking efficiency never reaches some targets") {
  // With gamma = -1 all the compute there will ever be is 1 + 1/ln 2 = 2.4427.
  CHECK(models::mean_field_years(-1, 2.5) == INFINITY);
  CHECK(models::mean_field_years(-1, 2.4) < 6);
  CHECK(models::mean_field_years(-1, 1) == 0);
  for (const double gamma : {-2.0, 0.0, 1e-300, 2.0}) CHECK(models::mean_field_years(gamma, INFINITY) == INFINITY);
  CHECK(models::mean_field_years(1, 1.5e308) == Approx(1023.21004935).epsilon(1e-11));  // log2(1.5e308 ln 2)
}

TEST_CASE("mean field: years is the inverse of ratio") {
  Random random(14);
  for (int i = 0; i < 5'000; ++i) {
    const double gamma = random.uniform(-1, 1) * std::pow(10.0, random.uniform(-8, 0.5));
    const double years = random.uniform(0, 3);
    const double ratio = models::mean_field_ratio(gamma, years);
    INFO(gamma << ' ' << years);
    // Where efficiency has all but gone, the last years leave little trace in the ratio.
    const double sensitivity = std::exp2(-gamma * years);
    REQUIRE(models::mean_field_years(gamma, ratio) == Approx(years).margin(1e-14 * (1 + sensitivity)).epsilon(1e-14));
  }
}
