"""A study that is killed at a random instant goes on with the same command, never with less than it had, and ends with the same bytes."""
import signal
import subprocess
import time

import trust
from verbs import OUT, STUDIES, into

trial = trust.Trial("kills")
JOURNAL = "replications.journal"
# Long enough to be killed in the middle, with records on both sides of it.
WORDS = {name: (*words, *(("--replications", "60") if name == "compare" else ())) for name, words in STUDIES.items()
         if name in ("compare", "compare", "run", "sweep")}


def size_of(path):
    return path.stat().st_size if path.exists() else 0


class Study:
    def __init__(self, name):
        self.name, self.words = name, WORDS[name]
        with trial.place() as place:
            began = time.monotonic()
            done = trial.ask(into(self.words), cwd=place)
            self.takes = time.monotonic() - began
            self.output, self.files = done.stdout, trust.results(place / OUT)
        if done.returncode != 0:
            trial.fault(f"{name} fails: {done.stderr}")

    def attack(self, kills):
        """So many kills, each of what the one before left."""
        with trial.place() as place:
            kept = 0
            for _ in range(kills):
                process = subprocess.Popen([trial.program, *into(self.words)], cwd=place, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
                try:
                    process.wait(timeout=trial.rng.uniform(0, 1.1 * self.takes))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                said = process.communicate()[1]
                if process.returncode not in (0, -signal.SIGKILL):
                    return f"exit {process.returncode}: {said[-300:]}"
                size = size_of(place / OUT / JOURNAL)
                if size < kept:
                    return f"the journal shrank from {kept} to {size} bytes"
                kept = max(kept, size - 512)  # the last record may have been cut off
            folder = place / OUT
            return trust.goes_on(folder, self.files, lambda: trial.ask(into(self.words), cwd=place))


def main():
    studies = [Study(name) for name in WORDS]
    in_a_row = 5
    points = [studies[i % len(studies)] for i in range(trial.count // in_a_row)]

    def attack(study):
        fault = study.attack(in_a_row)
        if fault:
            trial.fault(f"{study.name}, killed: {fault}")

    trial.each(points, attack)
    trial.done *= in_a_row
    trial.end()


main()
