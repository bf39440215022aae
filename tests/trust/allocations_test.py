"""Memory runs out at the N-th allocation, once or from then on: the program says so and ends with 1, or it needed none and gives
what it always gives. What stands in its folder is whole, and the same command goes on from there."""
import trust
from verbs import ANSWERS, OUT, STUDIES, into

trial = trust.Trial("allocations", needs_faults=True)

COMMANDS = {
    "run": STUDIES["run"],
    "run csv": (*STUDIES["run"], "--format", "csv"),
    "run xlsx": (*STUDIES["run"], "--format", "xlsx"),
    "compare": STUDIES["compare"],
    "sweep": (*STUDIES["sweep"], "--format", "json"),
    "solve": STUDIES["solve"],
    "whatif": STUDIES["whatif"],
    "optimize": STUDIES["optimize"],
    "list": ANSWERS["list"],
    "theory": ANSWERS["theory"],
}
# Libraries set themselves up before main, and may end the process where they find no room for that. Nothing is written then.
BEFORE_MAIN = 40
KEPT = ("run", "compare", "whatif")  # these leave a folder as well


class Command:
    def __init__(self, name):
        self.name, self.words = name, COMMANDS[name]
        self.keeps = name in KEPT
        counted = trial.there / "count"
        with trial.place() as place:
            done = self.ask(place, under={"TRUST_COUNT": str(counted)})
            if done.returncode != 0:
                trial.fault(f"{name} fails: {done.stderr}")
            self.output = done.stdout
            self.files = trust.results(place / OUT)
        self.allocations = int(counted.read_text())

    def ask(self, place, **options):
        return trial.ask(into(self.words) if self.keeps else self.words, cwd=place, **options)

    def attack(self, which):
        """The fault that shows where memory runs out at `which`; an empty text where there is none."""
        with trial.place() as place:
            done = self.ask(place, under={"TRUST_ALLOCATION": which})
            if int(str(which).rstrip("+")) <= BEFORE_MAIN and done.returncode < 0 and not done.stdout:
                return ""
            return self.verdict(done) or (self.keeps and self.folder_verdict(place, done)) or ""

    def verdict(self, done):
        if done.returncode == 0:
            return "" if done.stdout == self.output else "exit 0, with other bytes"
        if done.returncode != 1:
            return f"exit {done.returncode}: {done.stderr[-300:]}"
        if done.stdout not in (b"", self.output):
            return f"exit 1, and {len(done.stdout)} of {len(self.output)} bytes"
        return "" if b"memory" in done.stderr else f"exit 1, and nothing of memory: {done.stderr[-300:]}"

    def folder_verdict(self, place, done):
        folder = place / OUT
        if done.returncode == 0 and trust.results(folder) != self.files:
            return "exit 0, with other files"
        return (trust.left_over(folder) or trust.half_written(folder, self.files) or
                trust.goes_on(folder, self.files, lambda: self.ask(place)))


def main():
    commands = [Command(name) for name in COMMANDS]
    each = trial.count // (2 * len(commands))
    points = [(command, f"{n}{onwards}") for command in commands for onwards in ("", "+")
              for n in trust.spread(trial.rng, each, command.allocations)]

    def attack(point):
        command, which = point
        fault = command.attack(which)
        if fault:
            trial.fault(f"{command.name}, allocation {which} of {command.allocations}: {fault}")

    trial.each(points, attack)
    trial.end()


main()
