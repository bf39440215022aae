#!/usr/bin/env python3
"""units.py FOLDER <files: joins the engine's sources into units, which the browser build compiles.

Most of the time of a build goes into headers, which the files of a unit share. Files of one folder, whose private names differ,
are included by one source in FOLDER. A unit that is the same as before is left alone. Paths of the files come a line each from
the standard input; paths of the units go to the standard output, with semicolons between them.
"""

import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from source_groups import grouped  # noqa: E402

FILES_IN_A_UNIT = 24

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
root = pathlib.Path.cwd()
by_floor = collections.defaultdict(list)
for line in sys.stdin.read().splitlines():
    floor = pathlib.Path(line).parts[:2]
    by_floor[floor[:1] if floor[0] == 'models' else floor].append(root / line)
units = []
for floor, paths in by_floor.items():
    for number, files in enumerate(grouped(paths, FILES_IN_A_UNIT)):
        unit = folder / f'{"_".join(floor)}_{number}.cpp'
        # By paths from the root, so that ccache knows the unit in another checkout, too.
        text = ''.join(f'#include "{path.relative_to(root)}"\n' for path in files)
        if not unit.exists() or unit.read_text() != text:
            unit.write_text(text)
        units.append(str(unit))
print(';'.join(units), end='')
