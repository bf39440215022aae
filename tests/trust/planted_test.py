"""Faults that a modeller might make are put into the models, one at a time: results must differ from the golden ones."""
import mutation
import trust

trial = trust.Trial("planted")

# File, what stands there, what is put there, and what that is.
FAULTS = [
    ("models/progress/exponential.cpp", 'spec.number("doubling") * core::kLn2', 'spec.number("doubling")', "ln 2 is missing in the rate of progress"),
    ("models/hardware/trend.cpp", "core::exp2(price_performance_rate", "core::exp(price_performance_rate", "price-performance grows by e in place of 2"),
    ("models/hardware/releases.cpp", "core::exp2(rate * years)", "core::exp2(-rate * years)", "later generations are worse"),
    ("models/loss/relative.cpp", "core::exp(-law.terms[0].exponent", "core::exp(law.terms[0].exponent", "more compute raises the loss"),
    ("models/loss/relative.cpp", "law.terms[0] = {1, kappa}", "law.terms[0] = {1, kappa / 2}", "half the exponent of compute"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6 * site.marginal_pue()", "it_joule / 3.6e6 * site.marginal_pue() * site.marginal_pue()", "PUE counts twice"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6 * site.marginal_pue()", "it_joule / 3.6e6", "PUE does not count"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6", "it_joule / 3.6e3", "Wh are taken for kWh"),
    ("sim/fleet/procurement/deliveries.cpp", "core::saturating_add(sent, lead_time)", "sent", "the lead time is ignored"),
    ("models/purchase/incremental.cpp", "policy.every + 1;", "policy.every;", "each purchase is an interval late"),
    ("models/purchase/incremental.cpp", "core::fraction(budget, k, policy.reviews)", "core::fraction(budget, k, policy.reviews + 1)",
     "the budget is split into one part too many"),
    ("sim/fleet/accounting/compute_meter.cpp", "working_useful_peak_.value() * shares_.useful() * seconds", "working_useful_peak_.value() * seconds",
     "all compute is useful"),
    ("sim/fleet/accounting/compute_meter.cpp", "site.average_power.value() * site.factor * seconds", "site.average_power.value() * seconds",
     "the load factor of power is ignored"),
    ("models/failure/repair.cpp", "of.mean / (of.mean + law.repair.mean)", "of.mean / law.repair.mean", "availability without the time of service"),
    ("models/failure/repair.cpp", "std::isinf(law.repair.mean) ? 1 :", "true ? 1 :", "what fails is always available"),
    ("models/hardware/price.cpp", "return core::exp(-decline * years)", "return core::exp(decline * years)", "prices rise where they fall"),
    ("sim/fleet/events/retirement.cpp", "world.retire(payload.index);", "", "nothing retires"),
    ("sim/fleet/accounting/ledger.cpp", "capex_ += cost;", "", "what is bought costs nothing"),
    ("sim/fleet/accounting/ledger.cpp", "facility_ += cost;", "facility_ += cost + cost;", "sites are paid twice"),
    # No scenario with golden results notices these; other tests may, which are not asked here.
    ("sim/fleet/accounting/compute_meter.cpp", "working_useful_peak_.add(count * cohort.useful_peak())", "working_useful_peak_.add(count * cohort.peak)",
     "utilisation is ignored"),
    ("models/failure/checkpoint.cpp", "std::sqrt(2 * checkpoint * mtbf)", "std::sqrt(checkpoint * mtbf)", "Young's interval without the 2"),
    ("models/throughput/formulas.cpp", "2 * core::log2(n) * latency + 2 * bytes", "core::log2(n) * latency + bytes", "an all-reduce goes one way"),
    ("models/hardware/resale.cpp", "core::exp(-decay * age)", "core::exp(decay * age)", "used hardware gains in value"),
    ("models/loss/data_limited.cpp", "core::exp2(-c[beta] * doublings)", "core::exp2(-c[alpha] * doublings)", "the exponents of data and parameters are exchanged"),
    ("models/progress/jumps.cpp", 'spec.number("doubling") * core::kLn2', 'spec.number("doubling")', "ln 2 is missing in the rate between jumps"),
]


def main():
    expected = mutation.expected_answers(trial.program)

    def attack(fault):
        source, old, new, about = fault
        text = (trust.ROOT / source).read_text(encoding="utf-8")
        if text.count(old) < 1:
            trial.fault(f"{source}: there is no {old!r} for: {about}")
            return
        with trial.place() as place:
            by = mutation.killed_by(source, text.replace(old, new), place, expected)
        if by in ("", "compiler"):
            trial.fault(f"{source}: {about}: " + ("does not compile" if by else "is not noticed"))

    trial.each(FAULTS[:trial.count], attack)
    trial.end()


main()
