#include "sim/fleet/results/overtakings.hpp"

#include <algorithm>
#include <random>
#include <tuple>

#include "tests/oracle/race.hpp"

// Changes of lead between hand-made trajectories.
namespace fleetrace::test {
namespace {

fleet::Horizon eight_years() {
  const core::Time start = core::parse_iso8601("2026-01-01").value();
  return {start, start + core::kYear * 8, core::kYear};
}

fleet::Trajectory trajectory(const models::ProgressLaw& law, std::initializer_list<std::pair<int, double>> rates) {
  fleet::Trajectory result;
  result.reset(eight_years(), law);
  for (const auto& [months, rate] : rates) result.change(eight_years().start + core::kMonth * months, rate);
  return result;
}

models::ProgressLaw law(const std::string& progress) {
  return cases_of("horizon: {start: 2026-01-01, length: 8 yr}\nprogress: " + progress +
                  "\ninitial_fleet: [{capacity: 1 FLOP/s}]\nstrategies: {a: {buy: none}}\n")[0]
      .plant.progress;
}

}  // namespace

TEST_CASE("a late fast fleet passes an early slow one once") {
  const auto none = law("{model: none}");
  const auto slow = trajectory(none, {{0, 1}});
  const auto fast = trajectory(none, {{24, 3}});
  const auto found = fleet::overtakings(slow, fast);
  REQUIRE(found.size() == 1);  // t = 3 (t - 2)
  CHECK(std::llabs((found[0].at - eight_years().start - core::kYear * 3).milliseconds()) <= 1);
  CHECK_FALSE(found[0].first_leads);
}

TEST_CASE("a lead can change back within one segment and across segments") {
  const auto none = law("{model: none}");
  // Slow 1 throughout; the other 3 from year 2 to year 4, nothing afterwards: it has 6, and is passed back at year 6.
  const auto slow = trajectory(none, {{0, 1}});
  const auto flash = trajectory(none, {{24, 3}, {48, 0}});
  const auto found = fleet::overtakings(slow, flash);
  REQUIRE(found.size() == 2);
  CHECK(found[0].at < found[1].at);
  CHECK(found[1].first_leads);
  CHECK(std::llabs((found[1].at - eight_years().start - core::kYear * 6).milliseconds()) <= 1);
}

TEST_CASE("a turn inside one segment is found with different laws") {
  // 3 t against (2^t - 1) / ln 2 from the start on: one change of lead, where the difference has turned already.
  const auto line = trajectory(law("{model: none}"), {{0, 3}});
  const auto curve = trajectory(law("{model: exponential, doubling: 1 yr}"), {{0, 1}});
  const auto found = fleet::overtakings(line, curve);
  REQUIRE(found.size() == 1);
  const double exact = bisect([](double t) { return std::expm1(kLn2 * t) / kLn2 - 3 * t; }, 1, 8);
  CHECK(std::fabs(eight_years().years_at(found[0].at) - exact) * kYearSeconds <= 0.002);
}

TEST_CASE("level fleets never overtake, and a tie that is broken is no overtaking") {
  const auto none = law("{model: none}");
  const auto a = trajectory(none, {{0, 1}});
  const auto b = trajectory(none, {{0, 1}, {48, 2}});
  CHECK(fleet::overtakings(a, a).empty());
  CHECK(fleet::overtakings(a, b).empty());
  CHECK(fleet::overtakings(trajectory(none, {}), trajectory(none, {})).empty());
  CHECK(fleet::overtakings(trajectory(none, {}), a).empty());
}

TEST_CASE("the lead changes of many are those of every two of them") {
  const auto growing = law("{model: exponential, doubling: 1 yr}");
  std::minstd_rand dice(7);
  const auto roll = [&dice](unsigned sides) { return static_cast<int>(dice() % sides); };
  for (const bool is_simple : {true, false}) {
    std::vector<fleet::Trajectory> all;
    for (int i = 0; i < 40; ++i) {
      fleet::Trajectory& each = all.emplace_back();
      each.reset(eight_years(), is_simple || i % 2 == 0 ? growing : law("{model: none}"));
      // Few rates and dates, so that some are level for years, part, and meet again.
      for (int month = 0; month < 90; month += 1 + roll(30))
        each.change(eight_years().start + core::kMonth * month, 1 + roll(3));
    }
    all.push_back(all[3]);
    std::vector<const fleet::Trajectory*> pointers;
    for (const fleet::Trajectory& each : all) pointers.push_back(&each);
    const auto key = [](const fleet::LeadChange& each) {
      return std::make_tuple(each.at.milliseconds(), each.leader, each.behind);
    };
    std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> swept;
    for (const fleet::LeadChange& each : fleet::lead_changes(pointers)) swept.push_back(key(each));
    std::vector<std::tuple<std::int64_t, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        for (const fleet::Overtaking& each : fleet::overtakings(all[i], all[j]))
          pairs.push_back(key({each.at, each.first_leads ? i : j, each.first_leads ? j : i}));
      }
    }
    std::sort(pairs.begin(), pairs.end());
    CHECK(pairs.size() > 100);
    CHECK(swept == pairs);
  }
  CHECK(fleet::lead_changes({}).empty());
}

TEST_CASE("lead changes of many are those of all pairs, ties and all") {
  // Whole rates that change at whole years are level again and again, to the last bit.
  const auto none = law("{model: none}");
  std::mt19937 random(7);
  const auto up_to = [&](unsigned most) { return static_cast<int>(random() % (most + 1)); };
  std::size_t changes = 0;
  for (int trial = 0; trial < 400; ++trial) {
    CAPTURE(trial);
    std::vector<fleet::Trajectory> all(static_cast<std::size_t>(2 + up_to(3)));
    for (fleet::Trajectory& each : all) {
      each.reset(eight_years(), none);
      for (int year = 0; year < 8; ++year)
        if (up_to(1) == 0) each.change(eight_years().start + core::kYear * year, up_to(2));
    }
    std::vector<const fleet::Trajectory*> pointers;
    for (const fleet::Trajectory& each : all) pointers.push_back(&each);
    std::vector<std::tuple<core::Time, std::size_t, std::size_t>> known;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        for (const fleet::Overtaking& each : fleet::overtakings(all[i], all[j]))
          known.emplace_back(each.at, each.first_leads ? i : j, each.first_leads ? j : i);
      }
    }
    std::sort(known.begin(), known.end());
    std::vector<std::tuple<core::Time, std::size_t, std::size_t>> found;
    for (const fleet::LeadChange& each : fleet::lead_changes(pointers))
      found.emplace_back(each.at, each.leader, each.behind);
    CHECK(found == known);
    changes += found.size();
  }
  CHECK(changes > 200);
}

}  // namespace fleetrace::test
