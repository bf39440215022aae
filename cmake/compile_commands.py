"""How each source is compiled, also those that are compiled as one, for cmake/lint_units.py and tests/trust/schemata.py."""

import json
import pathlib
import re

INCLUDED = re.compile(r'^#include "(/.+)"$', re.MULTILINE)


def commands_by_source(compile_commands):
    """From the path of a source to the command that compiles it. For the files of a unit it is that of the unit, with the name of the
    file in the place of the unit's."""
    commands = {}
    for entry in json.loads(pathlib.Path(compile_commands).read_text(encoding='utf-8')):
        compiled = pathlib.Path(entry['directory'], entry['file'])
        sources = [str(compiled)]
        if compiled.name.startswith('unity_') and compiled.exists():
            sources = INCLUDED.findall(compiled.read_text(encoding='utf-8'))
        for source in sources:
            commands[source] = entry['command'].replace(str(compiled), source)
    return commands
