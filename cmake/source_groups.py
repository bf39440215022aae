"""Sources that can be compiled as one, for cmake/unity_groups.py, cmake/lint_units.py and cmake/live/units.py."""

import collections
import re

UNNAMED_NAMESPACE = re.compile(r'^namespace \{$(.*?)^\}  // namespace$', re.DOTALL | re.MULTILINE)
PRIVATE_NAME = re.compile(r'^(?:(?:struct|class|enum class|using) (\w+)(?!\w*::)|(?!using)\S.*?(\w+) ?[(={[])', re.MULTILINE)
# The first letter is taken by what stands before a name in a definition, which a macro has not.
NO_NAMES = {'namespace', 'EST_CASE'}
NAMESPACE = re.compile(r'^namespace ([\w:]+) \{', re.MULTILINE)
PUBLIC_NAME = re.compile(r'^(?:(?:struct|class|enum class|using) (\w+)'
                         r'|(?!using|namespace|//|#|\}|template|struct|class|enum)\S[^\n(={]*?(\w+) ?[(={[])', re.MULTILINE)
USED_NAME = re.compile(r'^using (?!namespace)(?:\w+::)*?(\w+)::(\w+);', re.MULTILINE)
# What tests, which stand in no namespace, open to themselves, and in a unit to those after them.
OPENED = ('fleetrace', 'fleetrace::core', 'fleetrace::models', 'fleetrace::test')


def private_names(path):
    """What a file defines for itself, or what looks like it."""
    blocks = UNNAMED_NAMESPACE.findall(path.read_text())
    return {first or second for block in blocks for first, second in PRIVATE_NAME.findall(block)} - NO_NAMES


class Headers:
    """The names that headers below a folder declare, by namespace."""

    def __init__(self, root):
        self.names = collections.defaultdict(set)
        for folder in ('include', 'sim', 'models', 'python', 'tests'):
            for path in (root / folder).rglob('*.hpp'):
                text = path.read_text()
                space = NAMESPACE.search(text)
                self.names[space[1] if space else ''] |= {first or second for first, second in PUBLIC_NAME.findall(text)}

    def share_a_name(self, path):
        """Whether a private name is one of a header, too, that another file of the unit could bring."""
        text = path.read_text()
        space = NAMESPACE.search(text)
        parts = space[1].split('::') if space else []
        seen = ['::'.join(parts[:count]) for count in range(1, len(parts) + 1)] if parts else OPENED
        own = private_names(path)
        return any(own & self.names[each] or any(name in self.names[each] and not each.endswith(source)
                                                 for source, name in USED_NAME.findall(text)) for each in seen)


def grouped(paths, most, headers=None):
    """The files in groups of at most so many, each file in the first that has room for it and none of its private names. Those that
    share a name with one of the headers are alone."""
    groups = []
    alone = []
    for path in paths:
        if headers is not None and headers.share_a_name(path):
            alone.append([path])
            continue
        names = private_names(path)
        for files, taken in groups:
            if len(files) < most and not names & taken:
                files.append(path)
                taken |= names
                break
        else:
            groups.append(([path], names))
    return [files for files, _ in groups] + alone
