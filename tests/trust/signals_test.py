"""SIGINT and SIGTERM at random instants in every verb: it ends within two seconds, with 130 or because it was through; what stands in its folder is whole, and the same command goes on from there to the same bytes."""
import os
import signal
import subprocess
import time

import trust
from verbs import ANSWERS, OUT, STUDIES, SMALL, into

trial = trust.Trial("signals")
BEST_SO_FAR = b"the best plan and the best bound so far"  # an answer, though another one than without the signal
ENDS_WITHIN = float(os.environ.get("TRUST_ENDS_WITHIN", "2"))
# Some that would go on for minutes, one for each loop that can be long.
LONG = {
    "long compare": ("compare", SMALL, "--replications", "2000000"),
    "long sweep": ("sweep", SMALL, "--vary", "loss.kappa=0.02..0.08/99", "--vary", "operations.lifetime=1 yr..9 yr/99"),
    "long sensitivity": ("sensitivity", SMALL, "--points", "65536"),
    "long solve": ("solve", SMALL, "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.9", "--probability", "0.5",
                   "--replications", "100000"),
    "long optimize": ("optimize", SMALL, "--strategy", "turtle", "--replications", "2000"),
}


class Command:
    def __init__(self, name, words, is_kept):
        self.name, self.is_kept, self.words = name, is_kept, into(words) if is_kept else list(words)
        self.is_long = name in LONG
        self.takes, self.output, self.files = 3.0, None, {}
        if self.is_long:
            return
        with trial.place() as place:
            began = time.monotonic()
            done = trial.ask(self.words, cwd=place)
            self.takes = time.monotonic() - began
            self.output, self.files = done.stdout, trust.results(place / OUT)

    def attack(self, which):
        with trial.place() as place:
            process = subprocess.Popen([trial.program, *self.words], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                       stdin=subprocess.DEVNULL)
            time.sleep(trial.rng.uniform(0, 1.1 * self.takes))
            process.send_signal(which)
            began = time.monotonic()
            try:
                output, said = process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                return "goes on for 30 s"
            took = time.monotonic() - began
            if took > ENDS_WITHIN:
                return f"ends after {took:.1f} s"
            return self.verdict(process.returncode, output, said, place, which)

    def verdict(self, code, output, said, place, which):
        # Before main() has set its handler a signal ends the process, as it ends any.
        if code == -which and not output and not (place / OUT).exists():
            return ""
        if code not in (0, 1, 130):
            return f"exit {code}: {said[-300:]}"
        if self.is_long:
            return "" if code == 130 else f"exit {code} of what takes minutes: {said[-300:]}"
        if code == 0 and output != self.output:
            return "exit 0, with other bytes"
        if code == 130 and BEST_SO_FAR not in said and not self.output.startswith(output):
            return "exit 130, with other bytes"
        if not self.is_kept:
            return ""
        folder = place / OUT
        return trust.left_over(folder) or trust.goes_on(folder, self.files, lambda: trial.ask(self.words, cwd=place))


def main():
    # In the background of a shell SIGINT is ignored, and would be by all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    commands = [*(Command(name, words, True) for name, words in STUDIES.items()),
                *(Command(name, words, False) for name, words in ANSWERS.items()),
                *(Command(name, words, False) for name, words in LONG.items())]
    points = [(commands[i % len(commands)], (signal.SIGINT, signal.SIGTERM)[i // len(commands) % 2]) for i in range(trial.count)]

    def attack(point):
        command, which = point
        fault = command.attack(which)
        if fault:
            trial.fault(f"{command.name}, {which.name}: {fault}")

    trial.each(points, attack)
    trial.end()


main()
