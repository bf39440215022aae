"""The commands that are attacked: every verb, as small as it can be asked, with its results on standard output or in a folder."""
import pathlib

SMALL = str(pathlib.Path(__file__).resolve().with_name("small.yaml"))
# Threads take their turns as they like; alone, one makes the N-th call at the same place each time.
ALONE = ("--jobs", "1")

# Verbs that leave a folder, for which `--output DIR` is added.
STUDIES = {
    "run": ("run", SMALL),
    "compare": ("compare", SMALL, *ALONE),
    "sweep": ("sweep", SMALL, "--vary", "loss.kappa=0.04,0.05", *ALONE),
    "sensitivity": ("sensitivity", SMALL, "--points", "16", *ALONE),
    "solve": ("solve", SMALL, "--for", "strategies.turtle.budget", "--until", "relative_loss <= 0.9"),
    "whatif": ("whatif", SMALL),
    "optimize": ("optimize", SMALL, "--strategy", "turtle"),
}

# Verbs that answer on standard output alone.
ANSWERS = {
    "diff": ("diff", SMALL, "race-under-uncertainty"),
    "frontier": ("frontier",),
    "init": ("init", "-"),
    "list": ("list", "paths", SMALL),
    "live": ("live", SMALL, "--output", "-"),
    "milestones": ("milestones",),
    "schema": ("schema",),
    "show": ("show", SMALL),
    "theory": ("theory",),
    "validate": ("validate", SMALL),
    "help": ("help",),
}


OUT = "out"


def into(arguments):
    """The arguments with a folder for the results, in the folder where the program starts: its name stands in the results."""
    return [*arguments, "--output", OUT, "--quiet"]
