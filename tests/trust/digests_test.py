"""One byte of a finished folder is changed: the page and the difference that are made from it notice, or it is nothing that they are
made from; and the command that made the folder makes it anew, with the bytes that it had."""
import trust
from verbs import OUT, STUDIES, into

trial = trust.Trial("digests")


class Study:
    def __init__(self, name):
        self.name, self.words = name, into(STUDIES[name])
        with trial.place() as place:
            done = trial.ask(self.words, cwd=place)
            if done.returncode != 0:
                trial.fault(f"{name} fails: {done.stderr}")
            self.files = trust.contents(place / OUT)
        self.wanted = {name: data for name, data in self.files.items() if not name.endswith(".journal")}

    def attack(self, name, asks_page):
        changed = bytearray(self.files[name])
        at = trial.rng.randrange(len(changed))
        changed[at] = (changed[at] + trial.rng.randint(1, 255)) % 256
        with trial.place() as place:
            (place / OUT).mkdir()
            for each, data in self.files.items():
                (place / OUT / each).write_bytes(changed if each == name else data)
            before = trust.contents(place / OUT)
            if asks_page:
                done = trial.ask(["report", OUT, "--quiet"], cwd=place)
                if done.returncode not in (0, 3):
                    return f"report, byte {at}: exit {done.returncode}: {done.stderr[-300:]}"
                if done.returncode == 3:
                    return "" if trust.contents(place / OUT) == before else f"report, byte {at}: refuses, and changes files"
                # What it is made from must be noticed; what it is not made from it must not spoil.
                if name in ("results.json", "manifest.json"):
                    return f"report, byte {at}: is not noticed"
                page = (place / OUT / "report.html").read_bytes()
                return "" if page == self.files["report.html"] else f"report, byte {at}: makes another page"
            done = trial.ask(self.words, cwd=place)
            # A manifest that is damaged is nobody's: its folder is left alone.
            if name == "manifest.json" and done.returncode == 1:
                return "" if trust.contents(place / OUT) == before else f"again, byte {at}: refuses, and changes files"
            if done.returncode != 0:
                return f"again, byte {at}: exit {done.returncode}: {done.stderr[-300:]}"
            # What was changed is kept beside it, under another name.
            left = {each: data for each, data in trust.results(place / OUT).items() if each != name + ".changed"}
            return "" if left == self.wanted else f"again, byte {at}: is not noticed"


def main():
    studies = [Study(name) for name in STUDIES if name != "optimize"]
    targets = [(study, name) for study in studies for name in study.files]
    points = [(*targets[i % len(targets)], i // len(targets) % 2 == 0) for i in range(trial.count)]

    def attack(point):
        study, name, asks_page = point
        fault = study.attack(name, asks_page)
        if fault:
            trial.fault(f"{study.name}, {name}: {fault}")

    trial.each(points, attack)
    trial.end()


main()
