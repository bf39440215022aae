"""Operators and constants in the models and the fleet are exchanged, one at a time: the golden results must notice. A mutant that
survives is no fault of the program, but a gap in the tests: the share that is killed must not fall below what is stated here."""
import re

import mutation
import trust

trial = trust.Trial("mutants")
LEAST_SHARE = 0.5
SWAPS = [
    (re.compile(r" \+ "), " - "), (re.compile(r" - "), " + "), (re.compile(r" \* "), " / "), (re.compile(r" / "), " * "),
    (re.compile(r" < "), " <= "), (re.compile(r" <= "), " < "), (re.compile(r" > "), " >= "), (re.compile(r" >= "), " > "),
    (re.compile(r" == "), " != "), (re.compile(r" != "), " == "), (re.compile(r" && "), " || "), (re.compile(r" \|\| "), " && "),
    (re.compile(r"\bstd::min\("), "std::max("), (re.compile(r"\bstd::max\("), "std::min("), (re.compile(r" \+= "), " -= "),
    (re.compile(r"\btrue\b"), "false"), (re.compile(r"\bfalse\b"), "true"), (re.compile(r"(?<![\w.])1(?![\w.'])"), "2"),
    (re.compile(r"core::exp\("), "core::exp2("), (re.compile(r"core::log\("), "core::log2("),
]
# Texts for people, declarations and checks of the code itself.
SKIPPED = re.compile(r'^\s*(//|#|\.|"|using |namespace |template|static_assert|friend )|"|throw |require|assert|case |operator')


def candidates():
    for folder in ("models", "sim/fleet"):
        for path in sorted((trust.ROOT / folder).rglob("*.cpp")):
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
                if SKIPPED.search(line):
                    continue
                for pattern, other in SWAPS:
                    for found in pattern.finditer(line.split("//")[0]):
                        yield path, number, found.start(), found.end(), other


def main():
    every = list(candidates())
    chosen = trial.rng.sample(every, min(trial.count, len(every)))
    expected = mutation.expected_answers(trial.program)
    survivors, dead, uncompiled = [], [], []

    def attack(point):
        path, number, begin, end, other = point
        lines = path.read_text(encoding="utf-8").split("\n")
        was = lines[number]
        lines[number] = was[:begin] + other + was[end:]
        source = str(path.relative_to(trust.ROOT))
        with trial.place() as place:
            by = mutation.killed_by(source, "\n".join(lines), place, expected)
        if by == "compiler":
            uncompiled.append(source)
        elif by:
            dead.append(source)
        else:
            survivors.append(f"{source}:{number + 1}: survives with{other}in: {was.strip()}")

    trial.each(chosen, attack)
    share = len(dead) / max(1, len(dead) + len(survivors))
    for each in survivors[:trust.MOST_SHOWN]:
        print(each)
    print(f"mutants: {len(dead)} killed by golden results, {len(survivors)} survive, {len(uncompiled)} do not compile: {share:.0%}")
    if len(dead) + len(survivors) >= 50 and share < LEAST_SHARE:
        trial.fault(f"{share:.0%} are killed, and it was at least {LEAST_SHARE:.0%}")
    trial.end()


main()
