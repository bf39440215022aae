"""Inputs that are large in two ways at once: each is answered within seconds and in bounded memory, or refused at once. Twice the input
takes about twice the time: sizes grow by four, and what takes more than its share is found."""
import itertools
import os
import resource
import subprocess
import tempfile

import trust
from verbs import SMALL

trial = trust.Trial("limits")
MOST_SECONDS = 20    # of the processor, for what is answered
MOST_REFUSAL = 3     # for what is not
MOST_MEGABYTES = 2000
TEXT = open(SMALL, encoding="utf-8").read()


def rows(text, count):
    return "".join(text.replace("#", str(i)) for i in range(count))


def before(section, text):
    """The scenario with lines behind the heading of a section."""
    return lambda scenario: scenario.replace(f"{section}:\n", f"{section}:\n{text}", 1)


# A build that asserts its invariants looks at every cohort after every event, so what makes cohorts is kept smaller here.
# Each way: how large it may be, what becomes of the scenario, and what is added to the command.
WAYS = {
    "strategies": (4000, lambda n: before("strategies", rows("  s#: {buy: incremental, budget: 1e6 USD, every: 6 months}\n", n)), None),
    "reviews": (400, lambda n: before("strategies", f"  often: {{buy: incremental, budget: 1e8 USD, every: {730 * 24 / n:.6f} h}}\n"), None),
    "cases": (4000, lambda n: before("cases", rows("  c#: {set: [loss.kappa=0.04]}\n", n)), None),
    "changes of a case": (4000, lambda n: before("cases", "  long: {set: [" + rows("strategies.hare.budget=# USD, ", n) + "]}\n"), None),
    "initial fleet": (2000, lambda n: before("initial_fleet", rows("  - {capacity: 1e17 FLOP/s}\n", n)), None),
    "orders": (2000, lambda n: before("strategies", "  lab: {buy: schedule, purchases: [" + rows("{at: # h, amount: 1000 USD}, ", n) + "]}\n"), None),
    "targets": (4000, lambda n: lambda s: s.replace("[0.9]", "[" + ", ".join(f"{0.99 - 0.9 * i / n:.9f}" for i in range(n)) + "]"), None),
    "description": (120000, lambda n: lambda s: s.replace("description: ", "description: " + "words " * (n // 6)), None),
    "comments": (400000, lambda n: lambda s: s + "# words\n" * (n // 8), None),
    "years": (400, lambda n: lambda s: s.replace("length: 2 yr", f"length: {max(2, n // 4)} yr"), None),
    "overrides": (1000, None, lambda n: [word for i in range(n) for word in ("--set", f"strategies.o{i}={{buy: once, budget: 1 USD, at: 1 yr}}")]),
    "guards": (1000, None, lambda n: [word for i in range(n) for word in ("--fail-if", f"turtle.relative_loss > {2 + i}")]),
    "own sections": (4000, lambda n: before("strategies", rows("  w#: {buy: incremental, budget: 1e6 USD, every: 1 yr, with: {operations: {mfu: 0.3}}}\n", n)), None),
    "rows of a file": (150000, lambda n: before("strategies", "  filed: {buy: schedule, purchases: rows.csv}\n"), None),
    "sites": (1000, lambda n: lambda s: s + "sites:\n" + rows("  s#: {power: 1 MW}\n", n), None),
    "a long word": (100000, None, lambda n: ["--set", "loss.kappa=" + "0" * n + "1"]),
    "a deep word": (30000, None, lambda n: ["--set", "loss.kappa=" + "[" * n]),
}


def file_of(size):
    """A file of orders, as short as each can be written."""
    return "at,amount_usd\n" + "".join(f"{1 + i % 9} h,{i % 10}\n" for i in range(size))


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))


def measured(words):
    """The exit code, seconds of the processor, megabytes, and the first of what was said."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([trial.program, *words], stdout=subprocess.DEVNULL, stderr=said, stdin=subprocess.DEVNULL,
                                   preexec_fn=limited)
        _, how, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(how)
        said.seek(0)
        return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said.read(300)


def attack(point):
    first, second, part = point
    scenario, more = TEXT, []
    with trial.place() as place:
        for way in (first, second):
            most, change, options = WAYS[way]
            size = max(1, most // part)
            scenario = change(size)(scenario) if change else scenario
            more += options(size) if options else []
            if way == "rows of a file":
                (place / "rows.csv").write_text(file_of(size), encoding="utf-8")
        (place / "large.yaml").write_text(scenario, encoding="utf-8")
        code, seconds, megabytes, said = measured(["run", str(place / "large.yaml"), "--format", "json", *more])
    about = f"{first} and {second}, 1/{part} of the most"
    if os.environ.get("TRUST_TIMES"):
        print(f"{seconds:6.2f} s {megabytes:6.0f} MB, exit {code}: {about}: {said[:90]!r}", flush=True)
    if code not in (0, 2, 3, 4):
        trial.fault(f"{about}: exit {code} after {seconds:.1f} s: {said!r}")
    elif seconds > (MOST_SECONDS if code in (0, 4) else MOST_REFUSAL) or megabytes > MOST_MEGABYTES:
        trial.fault(f"{about}: exit {code} after {seconds:.1f} s with {megabytes:.0f} MB: {said[:160]!r}")


def main():
    points = [(a, b, part) for part in (64, 16, 4, 1) for a, b in itertools.combinations(WAYS, 2)]
    trial.rng.shuffle(points)
    trial.each(points[:trial.count], attack)
    trial.end()


main()
