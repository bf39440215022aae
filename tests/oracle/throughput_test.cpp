#include "models/throughput/throughput.hpp"

#include "race.hpp"
#include "sim/core/numeric/math.hpp"

// Throughput against scale: each model by hand, in its limits, and in races where the fleet's own size sets it.
namespace fleetrace::test {
namespace {

using models::Retuning;

std::string fleet_of(int count) {
  return "[{accelerator: H100, count: " + std::to_string(count) + ", installed: 2025-01-01}]";
}

/// 8,192 H100 for two years; `hare` has `count` of them, `buyer` as many and buys 1e9 USD more at half time.
Race run(const std::string& throughput, int count = 16'384, const std::string& more = "") {
  return race(
      "horizon: {start: 2026-01-01, length: 2 yr, sample_every: 1 yr}\nhardware: {model: catalog, accelerators: [H100]}\n"
      "progress: {model: exponential, doubling: 8 months}\noperations: {mfu: 0.435, throughput: " +
      throughput + more + "}\ninitial_fleet: " + fleet_of(8'192) +
      "\nstrategies:\n  keeper: {buy: none}\n  hare: {buy: none, "
      "with: {initial_fleet: " +
      fleet_of(count) + "}}\n  buyer: {buy: once, budget: 1e9 USD, at: 1 yr}\n");
}

/// Physical compute if the whole fleet of the race had a constant share of its peak.
double peak_flop(const fleet::Outcome& outcome) {
  double flop = 0;
  for (const fleet::Cohort& cohort : outcome.cohorts) flop += cohort.unit_seconds * cohort.peak;
  const core::Time end = outcome.final.time;
  for (const fleet::Cohort& cohort : outcome.cohorts)
    flop += static_cast<double>(cohort.installed()) * cohort.peak * (end - cohort.changed).seconds();
  return flop;
}

double split_error(const fleet::Outcome& outcome) {
  const fleet::DoublingsByCause& split = outcome.final.split;
  return std::fabs(split.fleet + split.hardware + split.utilisation + split.algorithm - split.total);
}

}  // namespace

TEST_CASE("Llama 3: 430 TFLOP/s on 8,192 H100 become 400 on 16,384") {
  CHECK(std::log2(430.0 / 400) == Approx(0.104).margin(5e-4));
  CHECK(models::mfu_at_scale(430, 8'192, 0.104, 1e9, 16'384) == Approx(400).epsilon(4e-4));
  CHECK(models::mfu_at_scale(0.435, 8'192, 0.104, 0.435, 1'024) == 0.435);
  CHECK(models::mfu_at_scale(0.435, 8'192, 0.104, 0.5, 4'096) == Approx(0.435 * std::pow(2, 0.104)).epsilon(1e-14));
  CHECK(models::mfu_at_scale(0.435, 8'192, 0.104, 0.5, 100'000) == Approx(0.33532).epsilon(1e-4));
}

TEST_CASE("a constant throughput changes no bit") {
  const Race with = run("{model: constant}");
  const Race free = run("{model: power_law, exponent: 0}");
  for (std::size_t i = 0; i < with.outcomes.size(); ++i) {
    CHECK(with.outcomes[i].final.effective_flop == free.outcomes[i].final.effective_flop);
    CHECK(*with.outcomes[i].final.mfu == 0.435);
    CHECK(with.outcomes[i].final.physical_flop == Approx(0.435 * peak_flop(with.outcomes[i])).epsilon(1e-13));
  }
}

TEST_CASE("the penalty follows each strategy's own size, and the reference the top-level fleet") {
  const Race race = run("{model: power_law}");
  const double falls = std::pow(2, -0.104);
  CHECK(race.cases[1].loss.reference.compute == race.cases[0].loss.reference.compute);
  CHECK(race["keeper"].final.physical_flop == Approx(2 * race.cases[0].loss.reference.compute).epsilon(1e-13));
  CHECK(*race["hare"].final.mfu == Approx(0.435 * falls).epsilon(1e-14));
  CHECK(race["hare"].final.physical_flop / race["keeper"].final.physical_flop == Approx(2 * falls).epsilon(1e-13));
  CHECK(race["hare"].final.split.fleet == Approx(std::log2(5)).epsilon(1e-12));
  // From the delivery on, all of it runs at the lower MFU.
  const fleet::Outcome& buyer = race["buyer"];
  const auto bought = static_cast<double>(buyer.cohorts.back().size);
  const double second = 0.435 * std::pow((8'192 + bought) / 8'192, -0.104) * (8'192 + bought);
  CHECK(bought > 10'000);
  CHECK(buyer.final.physical_flop ==
        Approx((0.435 * 8'192 + second) * buyer.cohorts.back().peak * kYearSeconds).epsilon(1e-12));
  for (const fleet::Outcome& outcome : race.outcomes) CHECK(split_error(outcome) < 1e-12);
  // A reference larger than what the stated MFU was measured at pays its own penalty: C0 is then that much smaller.
  const Race small = run("{model: power_law, at: 4096}");
  CHECK(small.cases[0].loss.reference.compute / race.cases[0].loss.reference.compute == Approx(falls).epsilon(1e-14));
  CHECK(small["keeper"].final.relative_loss == Approx(race["keeper"].final.relative_loss).epsilon(1e-14));
}

TEST_CASE("jobs that share a fleet, what is in repair, and the training share count") {
  const Race jobs = run("{model: power_law}", 16'384, ", job: {size: 8192}");
  CHECK(*jobs["hare"].final.mfu == 0.435);
  CHECK(*jobs["hare"].final.goodput == Approx(*jobs["keeper"].final.goodput).epsilon(1e-14));
  const Race half = run("{model: power_law}", 16'384, ", training_share: 0.5");
  CHECK(*half["hare"].final.mfu == 0.435);
  const Race broken = run("{model: power_law}", 16'384, ", failures: {law: exponential, mtbf: 100 h, repair: 100 h}");
  CHECK(*broken["hare"].final.mfu == Approx(0.435).epsilon(1e-14));
  // Drawn failures: the penalty moves with every accelerator that breaks, and the books still close. What works on average over
  // the race has a standard deviation of some 0.3 % (time constant 900 h): 4.5 of them, times 0.104.
  const Race drawn = run("{model: power_law, at: 1024}", 2'048,
                         ", failures: {law: exponential, mtbf: 9000 h, repair: 1000 h, fidelity: aggregate}");
  CHECK(*drawn["hare"].final.mfu == Approx(0.435 * std::pow(2 * 0.9, -0.104)).epsilon(1.5e-3));
  for (const fleet::Outcome& outcome : drawn.outcomes) CHECK(split_error(outcome) < 1e-12);
}

TEST_CASE("all-reduce by hand: ring and tree, and their limits") {
  CHECK(models::ring_all_reduce(4, 1e9, 50e9, 1e-5) == Approx(2 * 0.75 * 0.02 + 6e-5).epsilon(1e-14));
  CHECK(models::tree_all_reduce(4, 1e9, 50e9, 1e-5) == Approx(4e-5 + 0.04).epsilon(1e-14));
  CHECK(models::ring_all_reduce(1, 1e9, 50e9, 1e-5) == 0);
  CHECK(models::tree_all_reduce(1, 1e9, 50e9, 1e-5) == 0);
  // The ring takes less bandwidth, the tree less latency: at a million accelerators the tree wins.
  CHECK(models::ring_all_reduce(1e6, 1e9, 50e9, 1e-5) > models::tree_all_reduce(1e6, 1e9, 50e9, 1e-5));
}

TEST_CASE("communication: t_comp / (t_comp + t_exposed) by hand, everything hidden in the limits") {
  const Race race = run("communication");
  const double peak = race["hare"].cohorts.front().peak;
  const auto factor = [&](double n) {
    const double compute = 6 * 405e9 * 16e6 / (n * peak * 0.435);
    const double replicas = n / 128;
    return compute / (compute + 2 * (replicas - 1) / replicas * (405e9 * 2 / 128) / 50e9 + 2 * (replicas - 1) * 1e-5);
  };
  CHECK(*race["hare"].final.mfu == Approx(0.435 * factor(16'384)).epsilon(1e-13));
  CHECK(*race["keeper"].final.mfu == Approx(0.435 * factor(8'192)).epsilon(1e-13));
  CHECK(*run("{model: communication, bandwidth: unlimited, latency: 0 s}")["hare"].final.mfu == 0.435);
  CHECK(*run("{model: communication, overlap: 1}")["hare"].final.mfu == 0.435);
  CHECK(*run("{model: communication, model_parallel: 1000000}")["hare"].final.mfu == 0.435);
  CHECK(*run("{model: communication, all_reduce: tree, bandwidth: 1 GB/s}")["hare"].final.mfu <
        *race["hare"].final.mfu);
}

TEST_CASE("critical batch: the hyperbola of steps and samples") {
  CHECK(models::critical_batch(2) == Approx(7.374e6).epsilon(1e-3));
  for (const double ratio : {0.01, 1.0, 7.0}) {
    const double samples = 1 / models::batch_efficiency(ratio, 1);  // E/Emin
    const double steps = samples / ratio;                           // S/Smin: E = S B, Emin = Smin Bc
    CHECK((steps - 1) * (samples - 1) == Approx(1).epsilon(1e-12));
  }
  const Race race = run("{model: constant, critical_batch: {tokens_per_accelerator: 1000, tokens: 8.192e6}}");
  CHECK(*race["keeper"].final.mfu == Approx(0.435 / 2).epsilon(1e-14));
  CHECK(*race["hare"].final.mfu == Approx(0.435 / 3).epsilon(1e-14));
}

TEST_CASE("data movement: nothing below, a slope beyond, and a wall") {
  CHECK(models::data_movement_share(1e28, 2e28, 0.5, 1e31) == 1);
  CHECK(models::data_movement_share(8e28, 2e28, 0.5, 1e31) == Approx(0.5).epsilon(1e-15));
  CHECK(models::data_movement_share(1e33, 2e28, 0, 1e31) == Approx(0.01).epsilon(1e-15));
  double before = 0;
  for (double flop = 1e27; flop < 1e36; flop *= 1.5) {
    const double useful = flop * models::data_movement_share(flop, 2e28, 0.5, 1e31);
    CHECK(useful >= before * (1 - 1e-14));
    CHECK(useful <= 1e31 * (1 + 1e-14));
    before = useful;
  }
  const Race free = run("constant");
  const double flop = 16'384 * free["hare"].cohorts.front().peak * 0.435 * kYearSeconds / 4;
  const Race race = run("{model: constant, data_movement: {falls_past: " + text(flop / 4) + " FLOP}}");
  CHECK(*race["hare"].final.mfu == Approx(0.435 / 2).epsilon(1e-13));
}

TEST_CASE("the largest run: what is beyond it adds nothing, power aside") {
  const Race capped = run("{model: power_law, at: 4096, largest_run: {accelerators: 8192}}", 16'384, ", job: {}");
  const Race free = run("{model: power_law, at: 4096}", 16'384, ", job: {}");
  CHECK(capped["hare"].final.physical_flop == Approx(capped["keeper"].final.physical_flop).epsilon(1e-14));
  CHECK(*capped["hare"].final.interruptions == Approx(*capped["keeper"].final.interruptions).epsilon(1e-13));
  CHECK(*capped["hare"].final.goodput == Approx(*capped["keeper"].final.goodput).epsilon(1e-13));
  CHECK(capped["keeper"].final.physical_flop == free["keeper"].final.physical_flop);
  CHECK(capped["hare"].final.physical_flop < free["hare"].final.physical_flop);
}

TEST_CASE("retuning: what exceeds twice the tuned scale waits, then sweeps take their share, doubling by doubling") {
  CHECK(Retuning::doublings(1'000, 1'999) == 0);
  CHECK(Retuning::doublings(1'000, 2'000) == 1);
  CHECK(Retuning::doublings(1'000, 8'192) == 3);
  CHECK(Retuning::doublings(1'000, 500) == 0);
  const Race free = run("constant");
  const double year = 8'192 * free["keeper"].cohorts.front().peak * 0.435 * kYearSeconds;
  // The hare begins with 8 x the tuned scale: three doublings, each 0.1 yr in which 2,048 of 8,192 work, and 5 % of 0.25 yr
  // in which none does.
  const std::string law = "retuning: {tuned_at: 1024, delay: 0.1 yr, share: 0.05, length: 0.25 yr}";
  const Race tuned = run("{model: constant, " + law + "}", 8'192);
  CHECK(tuned["hare"].final.physical_flop == Approx(year * (2 - 0.3 * 0.75 - 3 * 0.0125)).epsilon(1e-9));
  CHECK(tuned.cases[0].loss.reference.compute == Approx(year).epsilon(1e-14));
  // Of the initial fleet nothing has to be tuned anew; the buyer doubles it twice.
  const Race own = run("{model: constant, retuning: {delay: 0.1 yr, length: 0.25 yr}}");
  CHECK(own["hare"].final.physical_flop == free["hare"].final.physical_flop);
  const auto all = static_cast<double>(8'192 + own["buyer"].cohorts.back().size) / 8'192;
  REQUIRE(all > 4);
  REQUIRE(all < 8);
  CHECK(own["buyer"].final.physical_flop == Approx(year * (1 + 2 * 0.1 * 2 + (0.8 - 2 * 0.0125) * all)).epsilon(1e-9));
  CHECK(run("{model: constant, retuning: {share: 0}}")["buyer"].final.physical_flop ==
        free["buyer"].final.physical_flop);
}

TEST_CASE("all of them together stay finite, and a larger fleet never has a higher MFU") {
  double before = 1;
  for (const int count : {1, 100, 10'000, 1'000'000, 100'000'000}) {
    const Race race = run(
        "{model: power_law, critical_batch: {}, data_movement: {wall: 1e31 FLOP}, largest_run: "
        "{accelerators: 50000000}, retuning: {delay: 1 month}}",
        count);
    const double mfu = *race["hare"].final.mfu;
    CHECK(mfu > 0);
    CHECK(mfu <= before);
    before = mfu;
    CHECK(split_error(race["hare"]) < 1e-12);
  }
}

TEST_CASE("an oversubscribed fat tree is a slower link, and joins k^3/4 accelerators to a run") {
  const auto communication = [](const std::string& more) { return "{model: communication" + more + "}"; };
  const auto flop = [](const Race& race) { return race["hare"].final.effective_flop; };
  const std::string free = communication("");
  // 16,384 H100 on 16 pods of 1,024: whatever crosses has a fifth of 50 GB/s.
  const Race fifth = run(communication(", network: {model: fat_tree, oversubscription: 5}"));
  CHECK(flop(fifth) == flop(run(communication(", bandwidth: 10 GB/s"))));
  CHECK(flop(fifth) < flop(run(free)));
  CHECK(*fifth["hare"].final.mfu < *run(free)["hare"].final.mfu);
  // Within a pod of 128-port switches (4,096), without oversubscription, or in rings over 128 replicas nothing is lost.
  CHECK(flop(run(communication(", network: {model: fat_tree, ports: 128, oversubscription: 5}"), 4'096)) ==
        flop(run(free, 4'096)));
  CHECK(flop(run(communication(", network: fat_tree"))) == flop(run(free)));
  CHECK(flop(run(communication(", network: {model: fat_tree, oversubscription: 5, crossing: rings}"))) ==
        flop(run(free)));
  // 48 pods of 32-port switches: 8,192 of 16,384 train together, so twice the fleet does no more than 8,192.
  const std::string narrow = communication(", network: {model: fat_tree, ports: 32}");
  CHECK(flop(run(narrow)) == flop(run(communication(", largest_run: {accelerators: 8192}"))));
  CHECK(flop(run(narrow)) == Approx(flop(run(free, 8'192))).epsilon(1e-12));
  // With any other model only the size counts.
  CHECK(flop(run("{model: constant, network: {model: fat_tree, ports: 32, oversubscription: 5}}")) ==
        Approx(flop(run("{model: constant}", 8'192))).epsilon(1e-12));
}

TEST_CASE("a network written link by link is halved where it is narrowest") {
  // Four halls of 4,096 on one switch each, in a ring: halves exchange two links of 10,240 GB/s, 2.5 GB/s for each of 8,192.
  const std::string halls =
      "{model: graph, accelerators: 4096, links: [{from: a, to: b, bandwidth: 10.24 TB/s}, {from: b, to: c, bandwidth: "
      "10.24 TB/s}, {from: c, to: d, bandwidth: 10.24 TB/s}, {from: d, to: a, bandwidth: 10.24 TB/s}]}";
  const Race ring = run("{model: communication, network: " + halls + "}");
  const Race slow = run("{model: communication, bandwidth: 2.5 GB/s}");
  CHECK(ring["hare"].final.effective_flop == slow["hare"].final.effective_flop);
}

TEST_CASE("sites train as one only where that does more than the largest alone") {
  const auto at_sites = [](int first, int second, const std::string& throughput) {
    return race("horizon: {start: 2026-01-01, length: 1 yr}\noperations: {mfu: 0.435, throughput: " + throughput +
                "}\nsites: {a: {}, b: {}}\ninitial_fleet:\n  - {accelerator: H100, count: " + std::to_string(first) +
                ", site: a}\n  - {accelerator: H100, count: " + std::to_string(second) +
                ", site: b}\nloss: {reference: 1e26 FLOP}\nstrategies: {s: {buy: none}}\n")["s"]
        .final.physical_flop;
  };
  const auto linked = [](const std::string& bandwidth) {
    return "{model: communication, latency: 0 s, site_links: {bandwidth: " + bandwidth + ", latency: 0 s}}";
  };
  const std::string one = "{model: communication, latency: 0 s}";
  const double together = at_sites(8'192, 8'192, one);
  CHECK(at_sites(8'192, 8'192, linked("unlimited")) == together);
  // What does not pay is left: the larger site trains alone.
  CHECK(at_sites(8'192, 8'192, linked("0.001 GB/s")) == Approx(at_sites(4'096, 4'096, one)).epsilon(1e-12));
  CHECK(at_sites(8'192, 4'096, linked("0.001 GB/s")) == Approx(at_sites(4'096, 4'096, one)).epsilon(1e-12));
  // By hand: a step of 6 x 405e9 x 16e6 FLOP, rings of 128 replicas at 50 GB/s, 810 GB between two sites at 1 TB/s.
  const double compute = 6 * 405e9 * 16e6 / (16'384 * 989.4e12 * 0.435);
  const double ring = 2.0 * 127 / 128 * 810e9 / 128 / 50e9;
  const double across = 2.0 * 1 / 2 * 810e9 / 1e12;
  CHECK(at_sites(8'192, 8'192, linked("1 TB/s")) ==
        Approx(16'384 * 989.4e12 * 0.435 * kYearSeconds * compute / (compute + ring + across)).epsilon(1e-12));
  // In between it is the better of the two, so more bandwidth never does less.
  double before = 0;
  for (const char* bandwidth : {"10 GB/s", "50 GB/s", "100 GB/s", "400 GB/s", "4000 GB/s"}) {
    const double flop = at_sites(8'192, 8'192, linked(bandwidth));
    CHECK(flop >= before);
    before = flop;
  }
}

}  // namespace fleetrace::test
