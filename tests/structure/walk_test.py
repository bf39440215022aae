"""CONTRIBUTING.md leads through the sources: every file and folder that it names exists, and a function stands in the file that
is named beside it."""

import os
import re

import tree

PAGE = "CONTRIBUTING.md"
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"^(?:sim|models|include|tests|scenarios|docs|bench|page|cmake)/[\w./-]+$")
FUNCTION = re.compile(r"^(?:\w+::)*(\w+)$")
PLACEHOLDER = re.compile(r"NAME|FAMILY|FOLDER|REGEX|FILE")


def check_row(root, number, line):
    """Functions of a row are looked for in the files of the row and in the headers beside them."""
    files, functions = [], []
    for word in CODE.findall(line):
        if PLACEHOLDER.search(word):
            continue
        if PATH.match(word):
            if not os.path.exists(os.path.join(root, word)):
                yield f"{PAGE}:{number}: {word} does not exist"
            files.append(word)
        elif FUNCTION.match(word) and (("::" in word) or word.startswith("on_")):
            functions.append(word)
    texts = [tree.text(root, path) for path in files if os.path.isfile(os.path.join(root, path))]
    if not texts:
        return
    for function in functions:
        name = FUNCTION.match(function).group(1)
        if not any(re.search(rf"\b{name}\b", text) for text in texts):
            yield f"{PAGE}:{number}: {function} stands in none of {', '.join(files)}"


def check(root):
    walk = False
    steps = 0
    # A sentence of a list may go on in the next line.
    paragraphs = re.sub(r"\n  (?=\S)", " ", tree.text(root, PAGE))
    for number, line in enumerate(paragraphs.split("\n"), 1):
        walk = walk or line.startswith("## A walk")
        steps += walk and bool(re.match(r"\| \d+\.", line))
        yield from check_row(root, number, line)
    if steps < 10:
        yield f"{PAGE}: the walk through one purchase has {steps} steps"


if __name__ == "__main__":
    tree.main(check)
