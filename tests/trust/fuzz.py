"""Fuzzes one reader by libFuzzer, from seeds that the program itself writes.

usage: fuzz.py NAME [EXECUTIONS]     with FLEETRACE_FUZZ naming the fuzzers and FLEETRACE_PROGRAM the program

Without EXECUTIONS it goes on for as many seconds as rows.py says. What makes a fuzzer end is left in build/fuzz, and printed.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import trust
from rows import FUZZ_SECONDS
from verbs import OUT, STUDIES, into

PLACE = trust.ROOT / "build" / "fuzz"
QUESTIONS = ("compare", "sweep", "sensitivity", "whatif", "solve")

TABLES = (
    "at,amount_usd\n2026-01-01,1e6\n2026-07-01,2.5e6\n",
    "at;amount_meur;note\n2026-01-01;1,5;\"a; b\"\n",
    "accelerator,count,installed\nH100,4096,2025-01-01\n",
    "at,power_mw,site\n2026-Q1,100,main\n",
    "name,starts_yr,takes_months\nbuild,0,3\n",
)
CHANGES = (
    "loss.kappa=0.04\nstrategies.turtle.every=3 months\n", "strategies.hare.budget=3e9 EUR\n", "initial_fleet.0.capacity=2e19 FLOP/s\n",
    "strategies.lab={buy: once, budget: 1e8 USD, at: 1 yr}\n", "cases.slow.set=[loss.kappa=0.06]\n", "sites.main.power={uniform: {low: 1 MW, high: 2 MW}}\n",
)
QUANTITIES = ("3 MW", "0.0826 USD/kWh", "1e9 FLOP/s/USD", "8 months", "12 %/yr", "2027-Q1", "3e9 EUR", "5 MEUR", "unlimited", "-1.5e-3", "1 2/3")
GOALS = (
    "relative_loss <= 0.54", "turtle.npv_usd >= hare.npv_usd", "P(turtle.relative_loss > 0.9) > 0.1", "effective_compute_flop >= 1e28 at 1 yr",
    "hare.spend_usd - turtle.spend_usd < 1 MEUR at 2026-07-01", "2 yr..10 yr/9 log", "1 yr,\"a,b\",[1, 2]", "0.04..0.06/5",
)
ARGUMENTS = (
    "\0--horizon\n3 yr\n--lifetime\nunlimited\n--format\njson", "\0--table\n--lifetime\n3 yr\n--lifetime\n4 yr", "\0--plot\nhorizon",
    "\1--loss\n0.8,0.5\n--gamma\n0,2\n--format\njson", "\2--compute\n5.76e23 FLOP,1e6 PF-days\n--fit\nhoffmann", "\2--tokens-per-parameter\n20\n--format\ncsv",
)


def finished(program):
    """The files that studies of the small race leave, by verb."""
    found = {}
    for name, words in STUDIES.items():
        with tempfile.TemporaryDirectory() as place:
            subprocess.run([program, *into(words)], cwd=place, check=True, capture_output=True)
            found[name] = trust.contents(pathlib.Path(place) / OUT)
    return found


def seeds(name, program):
    """What is mutated, as bytes."""
    if name in ("yaml", "scenario"):
        return [path.read_bytes() for path in sorted((trust.ROOT / "scenarios").glob("*.yaml"))]
    if name == "csv":
        return [bytes([which]) + table.encode() for which in range(16) for table in TABLES]
    if name == "quantity":
        return [bytes([which]) + text.encode() for which in range(21) for text in QUANTITIES]
    if name == "journal":
        return [b"\0", b"\1\0\0\7", bytes(range(64))]
    if name == "results":
        files = finished(program)
        made = [bytes([i]) + files[verb]["results.json"] for i, verb in enumerate(QUESTIONS)]
        return made + [b"\5" + each["manifest.json"] for each in files.values()]
    return [text.encode() for text in {"overrides": CHANGES, "goal": GOALS, "theory": ARGUMENTS}[name]]


def main():
    name = sys.argv[1]
    program, fuzzers = os.environ.get("FLEETRACE_PROGRAM", ""), os.environ.get("FLEETRACE_FUZZ", "")
    if not program or not fuzzers:
        print(f"fuzz {name}: skipped, the fuzzers are not built")
        sys.exit(trust.SKIPPED)
    limit = f"-runs={sys.argv[2]}" if len(sys.argv) > 2 else f"-max_total_time={FUZZ_SECONDS}"
    kept = PLACE / "corpus" / name
    kept.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as first:
        for i, each in enumerate(seeds(name, program)):
            (pathlib.Path(first) / str(i)).write_bytes(each)
        done = subprocess.run([fuzzers, limit, "-timeout=10", "-rss_limit_mb=2048", "-max_len=200000", "-print_final_stats=1",
                               f"-artifact_prefix={PLACE}/{name}-", str(kept), first], capture_output=True, check=False,
                              env={**os.environ, "FLEETRACE_FUZZER": name})
    said = done.stderr.decode(errors="replace")
    executed = re.findall(r"number_of_executed_units: (\d+)", said)
    covered = re.findall(r"cov: (\d+)", said)
    if done.returncode != 0:
        print(said[-6000:])
    print(f"fuzz {name}: {trust.number(int(executed[-1]) if executed else 0)} executions, {covered[-1] if covered else 0} edges, "
          f"{int(done.returncode != 0)} faults, {time.monotonic() - began:.0f} s")
    wrong = [] if len(sys.argv) > 2 else trust.stated_wrongly(f"fuzz {name}", FUZZ_SECONDS)
    for each in wrong:
        print(each)
    if os.environ.get("TRUST_RECORD_ROW"):
        trust.record(f"fuzz {name}", int(executed[-1]), int(done.returncode != 0), time.monotonic() - began)
    sys.exit(1 if done.returncode or wrong else 0)


main()
