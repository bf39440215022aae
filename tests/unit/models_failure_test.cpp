#include <catch2/catch.hpp>
#include <cmath>

#include "fleetrace/models/failure.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using test::Random;
using test::spec_of;

const core::Entry& exponential() { return *models::failure_family().find("exponential"); }

}  // namespace

TEST_CASE("without failures everything is up") {
  const auto law = models::resolve_failures(core::preset_spec(*models::failure_family().find("none")));
  CHECK(law.availability == 1);
  CHECK(law.failures_per_up_year == 0);
  CHECK(models::failure_family().preset == "none");
}

TEST_CASE("availability is MTBF / (MTBF + repair)") {
  // Llama 3: 16 384 accelerators for 54 days with 220 hardware failures, 96 517 h each.
  const auto llama = models::resolve_failures(spec_of(exponential(), {}));
  CHECK(16'384 * 54 * 24 / 220.0 == Approx(96'517).epsilon(1e-5));
  CHECK(llama.availability == Approx(0.9992545735021586).epsilon(1e-15));           // 96 517 / 96 589
  CHECK(llama.failures_per_up_year == Approx(0.09082337826496886).epsilon(1e-15));  // 8 766 / 96 517
  const auto half = models::resolve_failures(spec_of(exponential(), {{"mtbf", "1 yr"}, {"repair", "1 yr"}}));
  CHECK(half.availability == 0.5);
  CHECK(half.failures_per_up_year == 1);
  const auto instant = models::resolve_failures(spec_of(exponential(), {{"mtbf", "0.25 yr"}, {"repair", "0 s"}}));
  CHECK(instant.availability == 1);
  CHECK(instant.failures_per_up_year == 4);
}

TEST_CASE("availability stays above 0 and failures finite, however bad the hardware") {
  const auto worst = models::resolve_failures(spec_of(exponential(), {{"mtbf", "0.001 s"}, {"repair", "1e8 yr"}}));
  CHECK(worst.availability > 0);
  CHECK(std::isfinite(worst.failures_per_up_year));
  CHECK_FALSE(exponential().find("mtbf")->range.contains(0));
  CHECK_FALSE(exponential().find("mtbf")->range.contains(1e-300));
  CHECK_FALSE(exponential().find("repair")->range.contains(-1));
}

TEST_CASE("up time and repair time make up the whole of a cycle") {
  Random random(15);
  for (int i = 0; i < 2'000; ++i) {
    core::Spec spec = spec_of(exponential(), {});
    const double mtbf = std::pow(10.0, random.uniform(3, 12));
    const double repair = std::pow(10.0, random.uniform(0, 12));
    spec.value("mtbf").data = mtbf;
    spec.value("repair").data = repair;
    const auto law = models::resolve_failures(spec);
    REQUIRE(law.availability > 0);
    REQUIRE(law.availability <= 1);
    // Failures in a calendar year, each with its repair: the year that is not up.
    const double down_ms = law.availability * law.failures_per_up_year * repair;
    REQUIRE(law.availability + down_ms / 31'557'600'000.0 == Approx(1).epsilon(1e-14));
  }
}
