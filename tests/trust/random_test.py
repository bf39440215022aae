"""Random scenarios with all features, with every invariant asserted after every event: the program ends well, says the same twice,
its studies give the same bytes with one thread and with three, and events of one instant and one phase give the same bytes in reversed
order. For that each scenario also runs on a grid of dates, where much happens at the same instant.

One order matters, and is documented (docs/reference/horizon.md): what waits for room is asked in the order in which it came. Therefore the
phase of deliveries is left as it is; and where it is reversed too, a scenario whose deliveries of one instant change places may end
otherwise.
"""
import os
import re
import subprocess

import trust

trial = trust.Trial("random")
ORACLES = os.environ.get("FLEETRACE_ORACLES", "")
CLOSING = ("sample", "checkpoint")  # they look at what an instant left
changed_places = set()              # scenarios in which events changed places


def on_grid(text):
    """Durations in half years, dates at their beginnings, and each entry of the initial fleet twice."""
    text = re.sub(r"(?<![\w.])([0-9.]+(?:e[+-]?[0-9]+)?) yr\b", lambda found: f"{max(1, round(2 * float(found[1]))) / 2:g} yr", text)
    text = re.sub(r"(\d{4})-(\d\d)-\d\d", lambda found: f"{found[1]}-{'01' if found[2] <= '06' else '07'}-01", text)
    return re.sub(r"^  - \{(accelerator|capacity).*\}\n", lambda found: 2 * found[0], text, flags=re.MULTILINE)


def events(words, **options):
    """What happens, line by line, without what closes an instant."""
    lines = trial.ask([*words, "--trace"], **options).stderr.decode().splitlines()
    return [line for line in lines if len(line.split()) > 2 and line.split()[2] not in CLOSING]


def reversed_fault(file):
    """What differs where events of one instant and one phase come in reversed order."""
    words = ["run", str(file), "--format", "json", "--replication", "1"]
    first = trial.ask(words)
    if first.returncode == 3:
        return ""  # on the grid some scenarios are none
    before = events(words)
    for phases in ("but deliveries", "all"):
        backwards = {"FLEETRACE_REVERSE_TIES": phases}
        other, after = trial.ask(words, more=backwards), events(words, more=backwards)
        if first.returncode != 0 or other.returncode != 0:
            return f"exit {first.returncode} and {other.returncode}: {other.stderr[-300:]}"
        moved = [line for line, there in zip(before, after) if line != there]
        if moved:
            changed_places.add(file.name)
        may_differ = phases == "all" and sum(line.split()[2] == "delivery" for line in moved) > 1
        if sorted(before) != sorted(after) and first.stdout == other.stdout and not may_differ:
            return "other events, and the same results"
        if first.stdout != other.stdout and not may_differ:
            return f"hangs on the order of events of one instant, such as {moved[:2]}"
    return ""


def main():
    if not ORACLES:
        print("random: skipped, the tests that write random scenarios are not built")
        raise SystemExit(trust.SKIPPED)
    folder = trial.there / "scenarios"
    made = subprocess.run([ORACLES, "random scenarios as files"], capture_output=True, check=False,
                          env={**os.environ, "FLEETRACE_RANDOM_FOLDER": str(folder), "FLEETRACE_RANDOM_COUNT": str(trial.count)})
    files = sorted(folder.glob("*.yaml"))
    if made.returncode != 0 or len(files) != trial.count:
        trial.fault(f"{len(files)} random scenarios were written: {made.stdout[-300:]}")

    def attack(file):
        once = trial.ask(["run", str(file), "--format", "json", "--replication", "1"])
        if once.returncode != 0:
            trial.fault(f"{file.name}: exit {once.returncode}: {once.stderr[-300:]}\n{file.read_text(encoding='utf-8')}")
            return
        if trial.ask(["run", str(file), "--format", "json", "--replication", "1"]).stdout != once.stdout:
            trial.fault(f"{file.name}: is another race the second time")
        threads = [trial.ask(["compare", str(file), "--format", "json", "--replications", "4", "--jobs", jobs]) for jobs in "13"]
        if any(each.returncode != 0 for each in threads) or threads[0].stdout != threads[1].stdout:
            trial.fault(f"{file.name}: depends on the number of threads: {threads[0].stderr[-200:]} {threads[1].stderr[-200:]}")
        grid = file.with_name(f"grid-{file.name}")
        grid.write_text(on_grid(file.read_text(encoding="utf-8")), encoding="utf-8")
        for each in (file, grid):
            fault = reversed_fault(each)
            if fault:
                trial.fault(f"{each.name}: {fault}\n{each.read_text(encoding='utf-8')}")

    trial.each(files, attack)
    if len(changed_places) * 10 < trial.count:
        trial.fault(f"events change places in {len(changed_places)} scenarios alone: are ties reversed at all?")
    print(f"random: events of one instant changed places in {len(changed_places)} scenarios")
    trial.end()


main()
