"""Random scenarios with all features, with every invariant asserted after every event: the program ends well, says the same twice, and
its studies give the same bytes with one thread and with three."""
import os
import subprocess

import trust

trial = trust.Trial("random")
ORACLES = os.environ.get("FLEETRACE_ORACLES", "")


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

    trial.each(files, attack)
    trial.end()


main()
