"""Operators, constants and statements of the models and the fleet are exchanged, one at a time: the tests must notice. A mutant that
survives is no fault of the program, but a gap in the tests: the share that is killed must not fall below what is stated here."""
import collections

import judges
import operators
import schemata
import trust

trial = trust.Trial("mutants")
# Of 2,000 mutants 1,711 were killed. A change of the code draws others, and of 100 the share has a standard deviation of 0.035.
LEAST_SHARE = 0.75
# More are drawn than judged, since the types or the compiler do not allow each.
DRAWN = 1.4
# Each so many mutants there is one that is none: it must not be killed.
CONTROLS = 20
# A test that takes longer is not asked, and no mutant is asked of tests for longer: seconds of the processor.
LONGEST_TEST = 10
LONGEST_MUTANT = 30
LEARNING = 300


def main():
    every = list(operators.candidates())
    drawn = trial.rng.sample(every, min(round(trial.count * DRAWN) + 10, len(every)))
    by_source = collections.defaultdict(dict)
    for number, mutant in enumerate(drawn, 1):
        by_source[mutant.source][mutant.place, mutant.what] = number, mutant.line

    def with_mutants(source, dropped):
        numbers = {key: number for key, (number, line) in by_source[source].items() if line not in dropped}
        return operators.with_mutants((trust.ROOT / source).read_text(encoding="utf-8"), numbers)

    built = schemata.Schemata(trial.there, by_source, with_mutants, trial.jobs)
    judge = judges.Judges(built, trial.there, LONGEST_TEST)
    judge.learn(LEARNING, reversed(schemata.PROGRAMS))
    for each in judge.failing:
        trial.fault(f"fails without a mutant: {each}")
    valid = [(number, mutant) for number, mutant in enumerate(drawn, 1)
             if number not in judge.invalid and not built.is_dropped(mutant.source, mutant.line)]
    chosen = valid[:trial.count]
    survivors, dead = [], []

    def attack(point):
        number, mutant = point
        by = judge.killed_by(number, seconds=LONGEST_MUTANT)
        if by:
            dead.append(by)
        else:
            text = (trust.ROOT / mutant.source).read_text(encoding="utf-8")
            column = mutant.place - text.rfind("\n", 0, mutant.place)
            line = text.split("\n")[mutant.line - 1].strip()
            asked = len(judge.tests.get(number, []))
            survivors.append(f"{mutant.source}:{mutant.line}:{column}: {mutant.what} survives {asked} tests: {line}")
        if number % CONTROLS == 0 and judge.killed_by(number, number=-1, seconds=5):
            trial.fault(f"{mutant.source}:{mutant.line}: a test fails without a mutant")

    trial.each(chosen, attack)
    share = len(dead) / max(1, len(chosen))
    for each in sorted(survivors)[:trust.MOST_SHOWN]:
        print(each)
    print(f"mutants: {len(dead)} killed, {len(survivors)} survive: {share:.1%}; {len(drawn) - len(valid)} of {len(drawn)} drawn are none")
    if len(chosen) < trial.count:
        trial.fault(f"only {len(chosen)} mutants of {trial.count} could be made")
    if share < LEAST_SHARE:
        trial.fault(f"{share:.1%} are killed, and it was at least {LEAST_SHARE:.0%}")
    trial.end()


main()
