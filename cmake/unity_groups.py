#!/usr/bin/env python3
"""unity_groups.py MOST <files: which files can be compiled as one, for cmake/unity.cmake.

Paths come a line each from the standard input. A line for each goes to the standard output: the number of its group, and the path.
"""

import pathlib
import sys

sys.dont_write_bytecode = True
from source_groups import Headers, grouped  # noqa: E402

paths = [pathlib.Path(line) for line in sys.stdin.read().splitlines()]
headers = Headers(pathlib.Path(__file__).resolve().parent.parent)
for number, files in enumerate(grouped(paths, int(sys.argv[1]), headers)):
    for path in files:
        print(number, path)
