"""Links of the documentation lead somewhere, and what is meant to be short is: every relative link of a markdown file names a file
or folder of the tree, every #part a heading of it, and every path in the README's list of folders is one."""

import os
import re
import urllib.parse

import tree

# Words or lines that a document may have at most.
MOST_LINES = {"README.md": 150}
MOST_WORDS = {os.path.join("scenarios", "README.md"): 1200}

FENCE = re.compile(r"^( *)```.*?^\1```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def blanked(text, pattern):
    """The text with what the pattern finds replaced by as many lines."""
    return pattern.sub(lambda match: "\n" * match.group(0).count("\n"), text)


def anchor(heading):
    """What a heading is called in a link: GitHub's rule."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip()).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors(text):
    return {anchor(heading) for heading in HEADING.findall(blanked(text, FENCE))}


def check_links(root, path):
    text = blanked(blanked(tree.text(root, path), FENCE), CODE)
    for match in LINK.finditer(text):
        target, _, part = urllib.parse.unquote(match.group(1)).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        at = f"{path}:{text.count(chr(10), 0, match.start()) + 1}"
        found = os.path.normpath(os.path.join(os.path.dirname(path), target)) if target else path
        if not os.path.exists(os.path.join(root, found)):
            yield f"{at}: {match.group(1)} is no file of the tree"
        elif part and found.endswith(".md") and part not in anchors(tree.text(root, found)):
            yield f"{at}: {found} has no heading #{part}"


def check_length(root, path):
    text = tree.text(root, path)
    if text.count("\n") > MOST_LINES.get(path, text.count("\n")):
        yield f"{path}: has {text.count(chr(10))} lines, more than {MOST_LINES[path]}"
    words = len(text.split())
    if words > MOST_WORDS.get(path, words):
        yield f"{path}: has {words} words, more than {MOST_WORDS[path]}"


def check_folders(root, path="README.md"):
    """Lines under "What is where" are a path, spaces, and what it holds; several paths have a comma between them."""
    _, _, rest = tree.text(root, path).partition("\n## What is where\n")
    for line in rest.partition("\n## ")[0].splitlines():
        if not line.startswith("    ") or line[4] == " ":
            continue
        for name in re.split(r"\s{2,}", line.strip())[0].split(", "):
            if not os.path.exists(os.path.join(root, name)):
                yield f"{path}: {name} is no file or folder of the tree"


def check(root):
    for path in tree.files(root, endings=(".md",)):
        yield from check_links(root, path)
        yield from check_length(root, path)
    if os.path.exists(os.path.join(root, "README.md")):
        yield from check_folders(root)


if __name__ == "__main__":
    tree.main(check)
