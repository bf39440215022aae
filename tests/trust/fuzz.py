"""Fuzzes one reader by libFuzzer, from seeds that the program itself writes.

usage: fuzz.py NAME [EXECUTIONS | SECONDSs]     with FLEETRACE_FUZZ naming the fuzzers and FLEETRACE_PROGRAM the program

Without EXECUTIONS it goes on for as many seconds as rows.py says, from the same random numbers each time: what a change is blamed for
is its own, and can be seen again. With EXECUTIONS the random numbers are new, and what was found before is gone on from. What makes a
fuzzer end is left in build/fuzz, and printed.
"""
import collections
import json
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
HOSTILE = trust.ROOT / "tests" / "hostile"
QUESTIONS = ("compare", "sweep", "sensitivity", "whatif", "solve")

TABLES = (
    "at,amount_usd\n2026-01-01,1e6\n2026-07-01,2.5e6\n",
    "at;amount_meur;note\n2026-01-01;1,5;\"a; b\"\n",
    "accelerator,count,installed\nH100,4096,2025-01-01\n",
    "at,power_mw,site\n2026-Q1,100,main\n",
    "name,starts_yr,takes_months\nbuild,0,3\n",
    "at,amount_mchf\n2026-01-01,1\n",
    "at,power_mw,censored\n2026-01-01,3 MW,yes\n31 January 2026,,TRUE\n2026-02-01,-1,0\n,5,perhaps\n",
    "at,power,\n2026-01-01,2 kW,\n,,x\n2026-01-32,many,\n",
)
# Files that scenarios name: what is fuzzed stands beside them, and one is outside of its folder.
BESIDE = {
    "fuzz/fleet.csv": "accelerator,count,installed\nH100,4096,2025-01-01\nH100,-1,2025-13-01\n",
    "fuzz/numbers.csv": "targets\n0.9\n0.8\n",
    "fuzz/many.csv": "accelerator,count,installed\n" + "H100,1,2025-01-01\n" * 60_000,
    "outside.csv": "accelerator,count,installed\nH100,4096,2025-01-01\nB100,none,2025-01-01\n",
}
SMALL = """fleetrace: 1
name: small
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: trend, price_performance_doubling: 2 yr}
progress: {model: exponential, doubling: 8 months}
operations: {lifetime: 4 yr}
loss: {model: relative, kappa: 0.05, targets: TARGETS}
initial_fleet: FLEET
strategies:
  hare: {buy: front_loaded, budget: 2e8 USD, with: {progress: WITH}}
  turtle: {buy: incremental, budget: 2e8 USD, every: 6 months}
"""
# What fills the three places, and YAML that few scenarios have.
FILLED = (
    ("[0.9]", "fleet.csv", "{doubling: 6 months}"), ("numbers.csv", "[]", "none"), ("[0.9]", "../outside.csv", "{rate: 0 /yr}"), ("[]", "none.csv", "{doubling: 0 yr}"),
    ("[0.9]", "many.csv", "[]"), ("[0.9]", "/dev/null", "{doubling: -1 yr, rate: 2 /yr}"), ("{a: 1}", "{a: 1}", "{model: [a]}"), ("[0.9, [1]]", "[{count: 1}]", "~"),
)
YAML = (
    "a: &a {b: [1, 2], c: d}\ne: *a\nf: [*a, *a]\n", "a: &a [*a]\n", "*a : b\n", "a: *b\n", "? &k {a: b}\n: c\n", "a: !!str 1\nb: !x 2\n", "a: [\n", "{a: b\n",
    '{"a": "\\ud83d\\ude00 \\n \\ud83d", "b": [1,\n\t2]}\n', "a: 1\n---\nb: 2\n", "%YAML 1.2\n---\na: 1\n", "a: |\n  b\n  c\nd: >-\n  e\n", "\ufeffa: 1\n", "a: 'b\n", "\ta: 1\n",
    "a: 1\na: 2\n", "<<: {a: 1}\n", "a:\n  - b\n - c\n", "- " * 40 + "a\n", "a: \"\\x00\"\n", "a: @b\n", "a: `b`\n", "? [a]\n: b\n", "~: 1\n", "a: {~: 1}\n",
)

CHANGES = (
    "loss.kappa=0.04\nstrategies.turtle.every=3 months\n", "strategies.hare.budget=3e9 EUR\n", "initial_fleet.0.capacity=2e19 FLOP/s\n",
    "strategies.lab={buy: once, budget: 1e8 USD, at: 1 yr}\n", "cases.slow.set=[loss.kappa=0.06]\n", "sites.main.power={uniform: {low: 1 MW, high: 2 MW}}\n",
)
QUANTITIES = ("3 MW", "0.0826 USD/kWh", "1e9 FLOP/s/USD", "8 months", "12 %/yr", "2027-Q1", "3e9 EUR", "5 MEUR", "unlimited", "-1.5e-3", "1 2/3",
              "1 March 2026", "March 2026", "3/4/2026", "13/2/2026", "2026/05/06", "2026.5", "Q2 2027", "2027 q3", "2026", "Mar 3, 2026", "2026 May 4", "30 February 2026", "2026-05")
GOALS = (
    "relative_loss <= 0.54", "turtle.npv_usd >= hare.npv_usd", "P(turtle.relative_loss > 0.9) > 0.1", "effective_compute_flop >= 1e28 at 1 yr",
    "hare.spend_usd - turtle.spend_usd < 1 MEUR at 2026-07-01", "2 yr..10 yr/9 log", "P(relative_loss > 0.7", "P(relative_loss > 0.7)", "P(relative_loss > 0.7) > 120 %", "P(relative_loss > 0.7) > 10 %", "energy > 3 GWh", "energy > 3",
    "hare.npv_usd / turtle.npv_usd > 2", "hare.npv_usd - turtle.relative_loss > 2", "hare - turtle > 2", "hare > 2", "rabbit.npv_usd > 2", "hare.npv_usd-turtle.npv_usd > 1",
    "milestones.0.9 < 2027-01-01", "time_to_target < 5 March 2026", "hare.npv_usd - turtle.npv_usd >= hare.npv_usd", "npv_usd > 1 at horizon.end", "npv_usd > 1 at 2040-01-01",
    "relative_loss < 0.9 at 5 weeks", "relative_loss < 0.9 at soon", "relative_loss < 0.9 at 1 May 2026", "milestones.0.9.time < 2 yr", "milestones.0.9.time < horizon.end",
    "milestones.0.9.time < soon", "hare.milestones.0.9.time <= turtle.milestones.0.9.time", "npv_usd", "npv_usd >", "> 1", "1,1", "1..", "1..2/100001", "5 yr..1 yr", "1..2/x", "-1..2 log", "1 yr,\"a,b\",[1, 2]", "0.04..0.06/5",
)
ARGUMENTS = (
    "\0--horizon\n3 yr\n--lifetime\nunlimited\n--format\njson", "\0--table\n--lifetime\n3 yr\n--lifetime\n4 yr", "\0--plot\nhorizon",
    "\1--loss\n0.8,0.5\n--gamma\n0,2\n--format\njson", "\2--compute\n5.76e23 FLOP,1e6 PF-days\n--fit\nhoffmann", "\2--tokens-per-parameter\n20\n--format\ncsv",
    "\1extra", "\1--kappa\n{uniform: {low: 0.04, high: 0.06}}\n--range\n0.9\n--loss\n0.7", "\1--law\nchinchilla\n--reference\n3.8e25 FLOP\n--loss\n0.97,0.2\n--format\ncsv",
    "\1--law\nchinchilla\n--kappa\n0.1", "\1--plot\nloss\n--fleets\n1,2\n--years\n9 yr", "\1--plot\ngamma\n--years\n9 yr", "\1--plot\nloss\n--format\ncsv",
    "\1--range\n0.5", "\1--years\n9 yr", "\1--law\n{model: relative, kappa: {uniform: {low: 0.1}}}", "\2--parameters\n1e9..1e12/10\n--loss\n2.1,2.0", "\2--parameters\n1e9..1e8",
    "\2--parameters\n1e9..1e12\n--loss\n2", "\2--tokens-per-parameter\n20\n--data-exponent\n0.5\n--rule-at\n1e9", "\0--opex\n0.1 /yr", "\0--opex\n0.1 /yr\n--algorithm-doubling\n8 months",
    "\0--volatility\n0.3\n--nu\n2\n--fleet-multiple\n1,2", "\0extra", "\0--plot\nhorizon\n--table", "\0--plot\nhorizon\n--format\ncsv", "\0--lifetime\n1 yr\n--lifetime\n2 yr",
)


# Studies whose results have what those of others lack: an interval of an input, obstacles, parts and what was asked of them.
MORE = {
    "probable": (*STUDIES["solve"], "--probability", "0.5"),
    "part": (*STUDIES["compare"], "--shard", "1/2", "--set", "loss.kappa=0.06", "--confidence", "0.9"),
    "part of a sweep": (*STUDIES["sweep"], "--shard", "1/2", "--objective", "npv"),
    "part of a sensitivity": (*STUDIES["sensitivity"], "--shard", "1/2", "--target", "0.9"),
}


def finished(program):
    """The files that studies of the small race leave, by verb."""
    found = {}
    for name, words in {**STUDIES, **MORE}.items():
        with tempfile.TemporaryDirectory() as place:
            subprocess.run([program, *into(words)], cwd=place, check=True, capture_output=True)
            found[name] = trust.contents(pathlib.Path(place) / OUT)
    return found


def seeds(name, program):
    """What is mutated, as bytes."""
    if name in ("yaml", "scenario"):
        found = [path.read_bytes() for place in (trust.ROOT / "scenarios", HOSTILE / "wrong") for path in sorted(place.glob("*.yaml"))]
        found += [text.encode() for text in YAML]
        return found + [SMALL.replace("TARGETS", a).replace("FLEET", b).replace("WITH", c).encode() for a, b, c in FILLED]
    if name == "csv":
        return [bytes([which]) + table.encode() for which in (*range(40), 255) for table in TABLES]
    if name == "quantity":
        return [bytes([which]) + text.encode() for which in range(21) for text in QUANTITIES]
    if name == "journal":
        return [b"\0", b"\1\0\0\7", bytes(range(64)), b"\0\3\0\0\xff\3\1\0\xf0", b"\0\4\7\0\0", b"\0\4\5\xe0\0"]
    if name == "results":
        files = finished(program)
        made = [bytes([i]) + files[verb]["results.json"] for i, verb in enumerate(QUESTIONS)]
        more = json.loads(files["compare"]["results.json"])
        more["loss_over_time"]["replications"] = 0
        more["loss_over_time"]["strategies"] *= 20  # of which the scenario has two
        made += [bytes([QUESTIONS.index("compare")]) + json.dumps(more).encode()]
        made += [bytes([QUESTIONS.index("solve")]) + files["probable"]["results.json"]]
        return made + [b"\5" + each["manifest.json"] for each in files.values()]
    return [text.encode() for text in {"overrides": CHANGES, "goal": GOALS, "theory": ARGUMENTS}[name]]


def main():
    name = sys.argv[1]
    program, fuzzers = os.environ.get("FLEETRACE_PROGRAM", ""), os.environ.get("FLEETRACE_FUZZ", "")
    if not program or not fuzzers:
        print(f"fuzz {name}: skipped, the fuzzers are not built")
        sys.exit(trust.SKIPPED)
    asked = sys.argv[2] if len(sys.argv) > 2 else f"{FUZZ_SECONDS}s"
    limit = f"-max_total_time={asked[:-1]}" if asked.endswith("s") else f"-runs={asked}"
    is_long = len(sys.argv) > 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as around, tempfile.TemporaryDirectory() as found:
        kept = PLACE / "corpus" / name if is_long else pathlib.Path(found)
        kept.mkdir(parents=True, exist_ok=True)
        PLACE.mkdir(parents=True, exist_ok=True)
        for i, each in enumerate(seeds(name, program)):
            (pathlib.Path(first) / str(i)).write_bytes(each)
        (pathlib.Path(around) / "fuzz").mkdir()
        for path, text in BESIDE.items():
            (pathlib.Path(around) / path).write_text(text, encoding="utf-8")
        words = [fuzzers, limit, f"-seed={0 if is_long else 1}", "-timeout=10", "-rss_limit_mb=2048", "-max_len=200000", "-print_final_stats=1",
                 f"-artifact_prefix={PLACE}/{name}-", str(kept), first]
        executed, covered, last = 0, 0, collections.deque(maxlen=100)
        with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", cwd=around,
                              env={**os.environ, "FLEETRACE_FUZZER": name}) as fuzzer:
            for line in fuzzer.stderr:
                last.append(line)
                executed = int((re.findall(r"number_of_executed_units: (\d+)", line) or [executed])[-1])
                covered = int((re.findall(r"cov: (\d+)", line) or [covered])[-1])
                if is_long and "pulse" in line:
                    print(line, end="", file=sys.stderr, flush=True)
    is_at_fault = fuzzer.returncode != 0
    if is_at_fault:
        print("".join(last))
    print(f"fuzz {name}: {trust.number(executed)} executions, {trust.number(covered)} edges, {int(is_at_fault)} faults, "
          f"{time.monotonic() - began:.0f} s")
    wrong = [] if is_long else trust.stated_wrongly(f"fuzz {name}", FUZZ_SECONDS)
    for each in wrong:
        print(each)
    if os.environ.get("TRUST_RECORD_ROW"):
        trust.record(f"fuzz {name}", executed, int(is_at_fault), time.monotonic() - began)
    sys.exit(1 if is_at_fault or wrong else 0)


main()
