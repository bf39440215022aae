"""What the checks share: the floors, the files of the tree, and source text without its comments."""

import os
import re
import sys

# Floor of each folder, lowest first. Folders of the same floor do not know each other.
FLOORS = {"core": 0, "engine": 1, "models": 1, "fleet": 2, "scenario": 3, "reader": 4, "study": 4, "api": 5, "output": 6, "cli": 7}

SKIPPED_FOLDERS = re.compile(r"^(\.git|\.cache|build.*|out|__pycache__)$")


def files(root, *folders, endings=()):
    """Paths relative to root, sorted, of the files below the folders (of all files, if none is named)."""
    found = []
    for folder in folders or (".",):
        for directory, subfolders, names in os.walk(os.path.join(root, folder)):
            subfolders[:] = sorted(name for name in subfolders if not SKIPPED_FOLDERS.match(name))
            found += [os.path.relpath(os.path.join(directory, name), root) for name in sorted(names)]
    return [path for path in found if not endings or path.endswith(tuple(endings))]


def sources(root):
    """The C++ files of the library and the program, headers included."""
    return files(root, "include", "sim", "models", endings=(".hpp", ".cpp"))


def read(root, path):
    with open(os.path.join(root, path), "rb") as file:
        return file.read()


def text(root, path):
    return read(root, path).decode("utf-8", "replace")


TOKEN = re.compile(r'R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
DIGIT_SEPARATOR = re.compile(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])")


def code(source, keep_strings=False):
    """The text without comments (and without the contents of literals); line numbers stay."""

    def blank(match):
        token = match.group(0)
        if keep_strings and not token.startswith("/"):
            return token
        return '""' + "\n" * token.count("\n") if token[0] in "\"'R" else "\n" * token.count("\n")

    return TOKEN.sub(blank, DIGIT_SEPARATOR.sub("", source))


def floor_of(path):
    """The floor that a file belongs to by its place, or None."""
    parts = path.split(os.sep)
    if parts[0] == "models":
        return "models"
    if parts[0] == "sim" and len(parts) > 2:
        return parts[1]
    if parts[:2] == ["include", "fleetrace"]:
        return parts[2] if len(parts) > 3 else "api"
    return None


def main(check):
    """Runs a check over the tree named on the command line and reports what it finds."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {os.path.basename(sys.argv[0])} ROOT")
    problems = list(check(sys.argv[1]))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)
