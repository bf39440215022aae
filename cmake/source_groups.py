"""Sources that can be compiled as one, for cmake/lint_units.py and cmake/live/units.py."""

import re

UNNAMED_NAMESPACE = re.compile(r'^namespace \{$(.*?)^\}  // namespace$', re.DOTALL | re.MULTILINE)
PRIVATE_NAME = re.compile(r'^(?:(?:struct|class|enum class|using) (\w+)(?!\w*::)|(?!using)\S.*?(\w+) ?[(={[])', re.MULTILINE)


def private_names(path):
    """What a file defines for itself, or what looks like it."""
    blocks = UNNAMED_NAMESPACE.findall(path.read_text())
    return {first or second for block in blocks for first, second in PRIVATE_NAME.findall(block)}


def grouped(paths, most):
    """The files in groups of at most so many, each file in the first that has room for it and none of its private names."""
    groups = []
    for path in paths:
        names = private_names(path)
        for files, taken in groups:
            if len(files) < most and not names & taken:
                files.append(path)
                taken |= names
                break
        else:
            groups.append(([path], names))
    return [files for files, _ in groups]
