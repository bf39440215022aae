#include <catch2/catch.hpp>

#include "fleetrace/models/loss.hpp"
#include "models/loss/accounting.hpp"
#include "spec_of.hpp"

namespace {

using namespace fleetrace;
using test::spec_of;

}  // namespace

TEST_CASE("the paper's accounting is the default") {
  const core::Family& family = models::accounting_family();
  CHECK(family.preset == "cumulative");
  const core::Spec loss = spec_of(*models::loss_family().find("relative"), {});
  REQUIRE(loss.section("compute") != nullptr);
  CHECK(loss.section("compute")->entry == family.find("cumulative"));
  CHECK(loss.value("compute").preset);
  CHECK(loss.text("reference") == "initial-year");
  CHECK_FALSE(loss.has("targets"));
}

TEST_CASE("a best run has a length and a share") {
  const core::Entry& best_run = *models::accounting_family().find("best_run");
  const core::Spec preset = spec_of(best_run, {});
  CHECK(preset.duration("length") == core::kMonth * 6);
  CHECK(preset.number("share") == 1);
  const core::Spec run = spec_of(best_run, {{"length", "3 months"}, {"share", "0.8"}});
  CHECK(run.duration("length") == core::kMonth * 3);
  CHECK(run.number("share") == 0.8);
  CHECK_FALSE(best_run.find("length")->range.contains(0));
  CHECK_FALSE(best_run.find("share")->range.contains(0));
  CHECK_FALSE(best_run.find("share")->range.contains(1.01));
}

TEST_CASE("every loss law takes accounting, reference and targets") {
  for (const core::Entry* entry : models::loss_family().entries) {
    INFO(entry->name);
    REQUIRE(entry->find("compute") != nullptr);
    CHECK(entry->find("compute")->family == &models::accounting_family());
    REQUIRE(entry->find("reference") != nullptr);
    REQUIRE(entry->find("targets") != nullptr);
    // A target of 1 is met at the start, one of 0 never.
    CHECK_FALSE(entry->find("targets")->range.contains(0));
    CHECK_FALSE(entry->find("targets")->range.contains(1));
    CHECK(spec_of(*entry, {{"reference", "3.14e23 FLOP"}}).number("reference") == 3.14e23);
    CHECK(spec_of(*entry, {{"reference", "3640 PF-days"}}).number("reference") == Approx(3.144960e23).epsilon(1e-12));
  }
}
