"""What a cell of a table holds."""
import re

# A number with something behind it that could be its unit, or a sentence.
UNIT_IN_CELL = re.compile(r"^-?[0-9.]+(e[+-]?[0-9]+)? *[A-Za-z%/]")


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True
