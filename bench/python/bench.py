#!/usr/bin/env python3
"""What the Python package costs: a call, a review by a strategy in Python, and a race beside the same one in SimPy.

usage: bench.py     with the package on PYTHONPATH

Each row is CPU time of this process: the least of seven rounds, since neighbours only add to it."""
import subprocess
import sys
import time

import numpy as np

import fleetrace as ft

ROUNDS = 7


def cpu(work, count):
    """The least CPU time [s] of `count` calls, for each of them."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(count):
            work()
        times.append(time.process_time() - begun)
    return min(times) / count


def row(what, seconds, unit):
    scale = {"ms": 1e3, "us": 1e6}[unit]
    print(f"| {what} | {seconds * scale:.3g} {unit} |")


def imported():
    code = "import time; b = time.process_time(); import fleetrace; print(time.process_time() - b)"
    return min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
               for _ in range(ROUNDS))


WEEK = np.timedelta64(7, "D")
STEP = 1e9 / 400  # [USD]


@ft.register
class BenchPython:
    """Looks at the price, and spends as much each week."""

    name = "bench_python"
    reviews = 0

    def review(self, seen):
        BenchPython.reviews += 1
        if seen.offer.flops_per_usd > 0:
            return ft.Decision(seen.released + STEP, seen.now + WEEK)
        return ft.Decision(seen.released, seen.now + WEEK)


def review():
    """CPU time [s] of one review beyond what the same race takes with a built-in strategy of as many reviews."""
    base = ft.load("winner-map").replace({"horizon.length": "8 yr"})
    own, built_in = base.copy(), base.copy()
    for name in ("hare", "turtle"):
        own[f"strategies.{name}"] = {"buy": "bench_python", "budget": "1e9 USD"}
        built_in[f"strategies.{name}"] = {"buy": "incremental", "budget": "1e9 USD", "every": "7 days"}
    BenchPython.reviews = 0
    ft.run(own)
    count = BenchPython.reviews
    return (cpu(lambda: ft.run(own), 5) - cpu(lambda: ft.run(built_in), 5)) / count


def main():
    print("| | CPU time |\n|---|---|")
    row("import fleetrace", imported(), "ms")
    s = ft.load("hare-and-turtle")
    ft.run(s)
    row('ft.run("hare-and-turtle"), four strategies over eight years', cpu(lambda: ft.run("hare-and-turtle"), 5), "ms")
    row("a review by a strategy in Python", review(), "us")
    turtle = ft.load("winner-map").replace({"strategies.turtle.every": "0.25 yr", "strategies.hare": "{buy: none}"})
    row("the turtle's race, ft.run with its series and reports", cpu(lambda: ft.run(turtle), 20), "us")
    each = 2000
    row("the same in ft.compare, a replication (one thread)",
        cpu(lambda: ft.compare(turtle.replace({"progress.doubling": ft.normal("7 months", "9 months", mass=0.9)}),
                               replications=each, jobs=1), 1) / each, "us")
    try:
        import simpy_race
    except ImportError:
        print("SimPy is not there: no row for it", file=sys.stderr)
        return
    ours, theirs = ft.run(turtle)["turtle"].final.relative_loss, simpy_race.Fleet().loss
    if abs(ours - theirs) > 1e-9:
        sys.exit(f"the races differ: {ours} and {theirs}")
    row(f"the same in SimPy, which ends at the same loss, {theirs:.9f}", cpu(simpy_race.Fleet, 200), "us")


if __name__ == "__main__":
    main()
