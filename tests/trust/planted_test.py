"""Faults that a modeller might make are put into the models, one at a time: the tests must notice each."""
import collections

import judges
import operators
import schemata
import trust

trial = trust.Trial("planted")

# File, what stands there, what is put there, and what that is. Both are whole expressions, or whole statements.
FAULTS = [
    ("models/progress/exponential.cpp", 'spec.number("doubling") * core::kLn2',
     'spec.number("doubling")', "ln 2 is missing in the rate of progress"),
    ("models/hardware/trend.cpp", "core::exp2(price_performance_rate * (when - start).years())",
     "core::exp(price_performance_rate * (when - start).years())", "price-performance grows by e in place of 2"),
    ("models/hardware/releases.cpp", "core::exp2(rate * years)",
     "core::exp2(-rate * years)", "later generations are worse"),
    ("models/loss/relative.cpp", "-law.terms[0].exponent * core::log(ratio)",
     "law.terms[0].exponent * core::log(ratio)", "more compute raises the loss"),
    ("models/loss/relative.cpp", "law.terms[0] = {1, kappa};",
     "law.terms[0] = {1, kappa / 2};", "half the exponent of compute"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6 * site.marginal_pue()",
     "it_joule / 3.6e6 * site.marginal_pue() * site.marginal_pue()", "PUE counts twice"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6 * site.marginal_pue()", "it_joule / 3.6e6", "PUE does not count"),
    ("sim/fleet/sites/sites.cpp", "it_joule / 3.6e6 * site.marginal_pue()",
     "it_joule / 3.6e3 * site.marginal_pue()", "Wh are taken for kWh"),
    ("sim/fleet/procurement/deliveries.cpp", "core::saturating_add(sent, lead_time)",
     "sent", "the lead time is ignored"),
    ("models/purchase/incremental.cpp", "(seen.now - seen.start) / policy.every + 1",
     "(seen.now - seen.start) / policy.every", "each purchase is an interval late"),
    ("models/purchase/incremental.cpp", "core::fraction(budget, k, policy.reviews)",
     "core::fraction(budget, k, policy.reviews + 1)", "the budget is split into one part too many"),
    ("sim/fleet/accounting/compute_meter.cpp", "useful_flop_.add(working_useful_peak_.value() * shares_.useful() * seconds);",
     "useful_flop_.add(working_useful_peak_.value() * seconds);",
     "all compute is useful"),
    ("sim/fleet/accounting/compute_meter.cpp", "site.average_power.value() * site.factor * seconds",
     "site.average_power.value() * seconds", "the load factor of power is ignored"),
    ("models/failure/repair.cpp", "of.mean / (of.mean + law.repair.mean)",
     "of.mean / law.repair.mean", "availability without the time of service"),
    ("models/failure/repair.cpp", "std::isinf(law.repair.mean)", "true", "what fails is always available"),
    ("models/hardware/price.cpp", "return core::exp(-decline * years);",
     "return core::exp(decline * years);", "prices rise where they fall"),
    ("sim/fleet/events/retirement.cpp", "world.retire(payload.index);", ";", "nothing retires"),
    ("sim/fleet/accounting/ledger.cpp", "capex_ += cost;", ";", "what is bought costs nothing"),
    ("sim/fleet/accounting/ledger.cpp", "facility_ += cost;", "facility_ += cost + cost;", "sites are paid twice"),
    ("sim/fleet/accounting/compute_meter.cpp", "count * cohort.useful_peak()",
     "count * cohort.peak", "utilisation is ignored"),
    ("models/failure/checkpoint.cpp", "std::sqrt(2 * checkpoint * mtbf)",
     "std::sqrt(checkpoint * mtbf)", "Young's interval without the 2"),
    ("models/throughput/formulas.cpp", "2 * core::log2(n) * latency + 2 * bytes / bandwidth",
     "core::log2(n) * latency + bytes / bandwidth", "an all-reduce goes one way"),
    ("models/hardware/resale.cpp", "core::exp(-decay * age)", "core::exp(decay * age)", "used hardware gains in value"),
    ("models/loss/data_limited.cpp", "core::exp2(-c[beta] * doublings)",
     "core::exp2(-c[alpha] * doublings)", "the exponents of data and parameters are exchanged"),
    ("models/progress/jumps.cpp", 'spec.number("doubling") * core::kLn2',
     'spec.number("doubling")', "ln 2 is missing in the rate between jumps"),
]
LONGEST_TEST = 10
LEARNING = 300


def with_faults(text, faults):
    """A source with faults in it, by number."""
    for old, ways in faults.items():
        chosen = "".join(f"{operators.SPACE}on({number}) ? ({new}) : " for number, new in ways if not old.endswith(";"))
        if old.endswith(";"):
            chosen = "".join(f"if ({operators.SPACE}on({number})) {{ {new} }} else " for number, new in ways)
            text = text.replace(old, f"{chosen}{{ {old} }}")
        else:
            text = text.replace(old, f"({chosen}({old}))")
    return text


def main():
    chosen = list(enumerate(FAULTS[:trial.count], 1))
    by_source = collections.defaultdict(lambda: collections.defaultdict(list))
    for number, (source, old, new, about) in chosen:
        if old not in (trust.ROOT / source).read_text(encoding="utf-8"):
            trial.fault(f"{source}: there is no {old!r} for: {about}")
        by_source[source][old].append((number, new))
    built = schemata.Schemata(trial.there, by_source, lambda source, dropped: with_faults(
        (trust.ROOT / source).read_text(encoding="utf-8"), {} if dropped else by_source[source]), trial.jobs)
    judge = judges.Judges(built, trial.there, LONGEST_TEST)
    noticed = {}

    def attack(point):
        noticed[point[0]] = judge.killed_by(point[0])

    # The quickest program notices most faults, and longer ones are run only for what it leaves.
    left = chosen
    for program in schemata.PROGRAMS:
        judge.learn(LEARNING, [program])
        trial.each(left, attack)
        left = [point for point in left if not noticed[point[0]]]
        if not left:
            break
    trial.done = len(chosen)
    for each in judge.failing:
        trial.fault(f"fails without a fault: {each}")
    for number, (source, _, _, about) in chosen:
        print(f"{about}: " + (noticed[number] or "nothing"))
        if not noticed[number]:
            trial.fault(f"{source}: {about}: is not noticed")
    trial.end()


main()
