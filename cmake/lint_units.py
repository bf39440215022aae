#!/usr/bin/env python3
"""lint_units.py COMPILE_COMMANDS FOLDER <files: makes the units that clang-tidy reads.

Most of clang-tidy's time goes into the headers of a file, so files that are compiled with the same flags, and whose private
names differ, are read as one unit: a source in FOLDER that includes them. Tests and benchmarks are read one by
one: clang-tidy looks for its configuration beside a source, and .clang-tidy names the folders whose included files it reports
on. FOLDER/compile_commands.json tells how the units and every single file are compiled, without the precompiled headers, which
only g++ can read. Files come NUL-separated from the standard input; those that nothing compiles are left out. Units are written
to the standard output, NUL-separated: the unit, then its files, with tabs between them.
"""

import collections
import json
import pathlib
import re
import sys

from compile_commands import commands_by_source
from source_groups import grouped

FILES_IN_A_UNIT = 20
UNITED = ('sim', 'models', 'python')
PRECOMPILED = re.compile(r' (-Winvalid-pch|-fpch-preprocess|-include \S*/cmake_pch\.hxx)')

compile_commands, folder = map(pathlib.Path, sys.argv[1:])
root = pathlib.Path.cwd()
commands = {source: PRECOMPILED.sub('', command) for source, command in commands_by_source(compile_commands).items()}

alike = collections.defaultdict(list)
units = []
for name in sys.stdin.read().split('\0'):
    path = root / name
    if str(path) not in commands:
        continue
    if not name.startswith(UNITED):
        units.append([path, path])
        continue
    # What follows is the output and the input.
    flags = commands[str(path)].rsplit(' -o ', 1)[0]
    alike[flags].append(path)

folder.mkdir(parents=True, exist_ok=True)
for flags, paths in alike.items():
    for files in grouped(paths, FILES_IN_A_UNIT):
        unit = folder / f'{len(units)}_{files[0].stem}.cpp'
        unit.write_text(''.join(f'#include "{path}"  // NOLINT(bugprone-suspicious-include)\n' for path in files))
        commands[str(root / unit)] = f'{flags} -c {root / unit}'
        units.append([unit, *files])
entries = [{'directory': str(root), 'file': file, 'command': command} for file, command in commands.items()]
(folder / 'compile_commands.json').write_text(json.dumps(entries, indent=1))
print('\0'.join('\t'.join(map(str, unit)) for unit in units), end='\0' if units else '')
