"""Standard streams that are closed, full, gone or slow, in every verb: output is whole or the exit code is not 0, and no message gets
into a file of results."""
import fcntl
import os
import subprocess
import time

import trust
from verbs import ANSWERS, OUT, STUDIES, into

trial = trust.Trial("streams")
FORMATS = ("table", "csv", "json", "xlsx")
# These have no --format.
PLAIN = {"init", "live", "schema", "show", "help", "validate", "report"}
NO_WORKBOOK = ("optimize", "list", "theory", "frontier", "milestones")
KINDS = ("no input", "no output", "no errors", "none", "full output", "full errors", "gone", "slow")


def close(*numbers):
    def before():
        for number in numbers:
            os.close(number)
    return before


class Command:
    def __init__(self, name, words, is_kept):
        self.name, self.is_kept, self.words = name, is_kept, into(words) if is_kept else list(words)
        with trial.place() as place:
            done = trial.ask(self.words, cwd=place)
            self.output, self.files, self.code = done.stdout, trust.results(place / OUT), done.returncode
        if done.returncode != 0:
            trial.fault(f"{name} fails: {done.stderr}")

    def start(self, place, **streams):
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        return subprocess.Popen([trial.program, *self.words], cwd=place, env=trial.environment(), **streams)

    def attack(self, kind):
        with trial.place() as place:
            fault = self.verdict(place, kind)
            if fault or not self.is_kept:
                return fault
            return "" if trust.results(place / OUT) == self.files else "leaves other files"

    def verdict(self, place, kind):
        needs_output = bool(self.output)
        if kind in ("no input", "no output", "no errors", "none"):
            numbers = {"no input": (0,), "no output": (1,), "no errors": (2,), "none": (0, 1, 2)}[kind]
            process = self.start(place, preexec_fn=close(*numbers))
            output, _ = process.communicate(timeout=trust.HANGS_AFTER)
            fails = 1 in numbers and needs_output
            if not fails and 1 not in numbers and output != self.output:
                return "other output"
            return "" if (process.returncode == 1) == fails and process.returncode in (0, 1) else f"exit {process.returncode}"
        if kind in ("full output", "full errors"):
            with open("/dev/full", "wb") as full:
                process = self.start(place, **{"stdout" if kind == "full output" else "stderr": full})
                output, said = process.communicate(timeout=trust.HANGS_AFTER)
            if kind == "full errors":
                return "" if process.returncode == 0 and output == self.output else f"exit {process.returncode}"
            if not needs_output:
                return "" if process.returncode == 0 else f"exit {process.returncode}"
            return "" if process.returncode == 1 and b"standard output" in said else f"exit {process.returncode}: {said[-200:]}"
        return self.through_pipe(place, kind)

    def through_pipe(self, place, kind):
        """A reader that leaves at once, or one that reads slowly from a pipe that does not wait."""
        reading, writing = os.pipe()
        if kind == "slow":
            os.set_blocking(writing, False)
            fcntl.fcntl(writing, 1031, 4096)  # F_SETPIPE_SZ
        process = self.start(place, stdout=writing)
        os.close(writing)
        if kind == "gone":
            os.close(reading)
            said = process.communicate(timeout=trust.HANGS_AFTER)[1]
            return "" if process.returncode == 0 else f"exit {process.returncode}: {said[-200:]}"
        output = b""
        time.sleep(0.02)
        while piece := os.read(reading, 65_536):
            output += piece
        os.close(reading)
        said = process.communicate(timeout=trust.HANGS_AFTER)[1]
        return "" if process.returncode == 0 and output == self.output else f"exit {process.returncode}, {len(output)} bytes: {said}"


def main():
    words = [(name, each, True) for name, each in STUDIES.items()] + [(name, each, False) for name, each in ANSWERS.items()]
    for form in FORMATS[1:]:
        words += [(f"{name} {form}", (*each, "--format", form), False)
                  for name, each in (*STUDIES.items(), *ANSWERS.items())
                  if name not in PLAIN and not (form == "xlsx" and name in NO_WORKBOOK)]
    points = [(words[i % len(words)], KINDS[(i + i // len(words)) % len(KINDS)]) for i in range(trial.count)]
    commands = {}

    def attack(point):
        command, kind = point
        if command[0] not in commands:
            commands[command[0]] = Command(*command)
        fault = commands[command[0]].attack(kind)
        if fault:
            trial.fault(f"{command[0]}, {kind}: {fault}")

    trial.each(points, attack)
    trial.end()


main()
