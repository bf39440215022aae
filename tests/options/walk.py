"""Changes one option of a scenario at a time, and looks at what comes of it.

A stage is a scenario in which a section is in use, with other values for its options. Each other value must change something in the
JSON result, or be warned about.
"""
import copy
import json
import os
import re
import subprocess
import sys

SKIPPED = 77
NUMBER = re.compile(r"([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)(?: (.*))?$")
# What says which scenario it was, and not what came of it.
IDENTITY = ("fleetrace", "format", "scenario", "money", "warnings", "unverified_inputs")


def program():
    path = os.environ.get("FLEETRACE_PROGRAM", "")
    if not path:
        print("skipped: there is no program")
        sys.exit(SKIPPED)
    return path


def ask(*words, scenario=None):
    """The exit code, the JSON that a command prints, and its messages."""
    done = subprocess.run([program(), *words, "--format", "json"], input=None if scenario is None else json.dumps(scenario),
                          capture_output=True, text=True, timeout=250, check=False)
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else None, done.stderr


def merged(base, changes):
    """The base with sections laid over its own; None takes a key away."""
    result = copy.deepcopy(base)
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict) and "=" not in value:
            result[key] = merged(result[key], value)
        else:
            result[key] = {k: v for k, v in value.items() if k != "="} if isinstance(value, dict) else value
    return result


def steps(path):
    return [int(step) if step.isdigit() else step for step in path.split(".") if step]


def get(scenario, path):
    for step in steps(path):
        try:
            scenario = scenario[step]
        except (KeyError, IndexError, TypeError):
            return None
    return scenario


def put(scenario, path, value):
    """The scenario with another value there, None for without."""
    result = copy.deepcopy(scenario)
    where = result
    *above, last = steps(path)
    for step in above:
        if isinstance(where, dict) and step not in where:
            where[step] = {}
        where = where[step]
    if value is None:
        where.pop(last, None)
    else:
        where[last] = value
    return result


def scaled(value, factor):
    """A quantity, a count or a number, so many times as large."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(value * factor) if isinstance(value, int) else value * factor
    number, unit = NUMBER.match(str(value)).groups()
    is_whole = unit is None and re.fullmatch("[0-9]+", number)
    text = str(round(float(number) * factor)) if is_whole else f"{float(number) * factor:.12g}"
    return f"{text} {unit}" if unit else (int(text) if is_whole else float(text))


class Reference:
    """Every option of every entry, as `list format` has them, and which of them the stages have changed."""

    def __init__(self):
        families = ask("list", "format")[1]["families"]
        self.options = {(family["name"], entry["name"]): {key["key"].split(" or ")[0]: key for key in entry["keys"]}
                        for family in families for entry in family["entries"]}
        self.open = {(*entry, key) for entry, keys in self.options.items() for key in keys}
        self.faults = []

    def default(self, entry, key):
        return self.options[entry][key]["default"]


class Stage:
    """A scenario in which an entry is in use at a path."""

    def __init__(self, reference, entry, scenario, path, names=(), verb=("run",)):
        self.reference, self.entry, self.scenario, self.path, self.verb = reference, tuple(entry), scenario, path, verb
        self.names = list(names)
        code, self.result, said = ask(verb[0], "-", *verb[1:], scenario=scenario)
        if code != 0:
            sys.exit(f"the stage of {' '.join(self.entry)} is no valid scenario:\n{said}{json.dumps(scenario)}")
        self.said = said

    def place(self, key):
        names = iter(self.names)
        below = ".".join("0" if step == "N" else next(names) if step == "NAME" else step for step in key.split("."))
        return f"{self.path}.{below}" if self.path else below

    def moves(self, *keys, by=1.3):
        """Changes numbers by a factor."""
        for key in keys:
            now = get(self.scenario, self.place(key))
            if now is None:
                now = self.reference.default(self.entry, key)
            self.takes(key, scaled(now, by))
        return self

    def takes(self, key, *values, binds=True, set_path=None):
        """Gives an option other values, each of which must change a result or be warned about."""
        self.reference.open.discard((*self.entry, key))
        if key not in self.reference.options[self.entry]:
            sys.exit(f"{' '.join(self.entry)} has no option {key}")
        path = set_path or self.place(key)
        for value in values:
            code, result, said = ask(self.verb[0], "-", *self.verb[1:], scenario=put(self.scenario, path, value))
            about = f"{' '.join(self.entry)}: {path} = {json.dumps(value)}"
            if code != 0:
                self.reference.faults.append(f"{about} is refused:\n{said}")
                continue
            known = {name: each for name, each in self.result.items() if name not in IDENTITY}
            found = {name: each for name, each in result.items() if name not in IDENTITY}
            is_told = any(f"{path}".startswith(each["path"]) or each["path"].startswith(path) for each in result["warnings"])
            does = known != found or is_told
            if binds and not does:
                self.reference.faults.append(f"{about} changes nothing, and nothing is said")
            if not binds and does:
                self.reference.faults.append(f"{about} does change something, or is warned about: take it off the list")
        return self

    def is_refused(self, key, value, words):
        """An option that does not go with the rest of the stage."""
        self.reference.open.discard((*self.entry, key))
        path = self.place(key)
        code, _, said = ask(self.verb[0], "-", *self.verb[1:], scenario=put(self.scenario, path, value))
        if code != 3 or words not in said:
            self.reference.faults.append(f"{' '.join(self.entry)}: {path} = {json.dumps(value)} is not refused with \"{words}\": {said}")
        return self

    def is_idle(self, key, *values, why):
        """An option that does not bind at these values, for a reason."""
        if not why:
            sys.exit(f"{key}: why?")
        return self.takes(key, *values, binds=False)
