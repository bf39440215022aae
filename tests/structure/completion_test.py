#!/usr/bin/env python3
"""Completion in real shells, and the manual page: both know every verb and option that help knows.

usage: completion_test.py ROOT [IGNORED]     with FLEETRACE_PROGRAM naming the program

zsh, mandoc and man are asked where they are installed; those that are not are named.
"""
import os
import pathlib
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("FLEETRACE_PROGRAM", "")

# What is typed, and what bash offers: all of it, or with "..." at the end at least this.
BASH = [
    ("fleetrace val", ["validate"]),
    ("fleetrace help sens", ["sensitivity"]),
    ("fleetrace ru", ["run"]),
    ("fleetrace run hare-and-t", ["hare-and-turtle"]),
    ("fleetrace run mi", ["mine.yaml"]),
    ("fleetrace run mine.yaml --form", ["--format"]),
    ("fleetrace run mine.yaml --format ", ["table", "csv", "json", "jsonl", "markdown", "xlsx"]),
    ("fleetrace run mine.yaml --format=", ["table", "csv", "json", "jsonl", "markdown", "xlsx"]),
    ("fleetrace run mine.yaml --format=js", ["json", "jsonl"]),
    ("fleetrace compare gpt3 --objective fi", ["final_loss"]),
    ("fleetrace compare gpt3 --output fold", ["folder"]),
    ("fleetrace run hare-and-turtle --set str", ["strategies."]),
    ("fleetrace run hare-and-turtle --set strategies.t", ["strategies.turtle."]),
    ("fleetrace run hare-and-turtle --set strategies.turtle.b", ["strategies.turtle.buy=", "strategies.turtle.budget=", "..."]),
    ("fleetrace run hare-and-turtle --set progress.embodied=t", ["true"]),
    ("fleetrace run hare-and-turtle --set=progress.mo", ["progress.model="]),
    ("fleetrace run hare-and-turtle --set=progress.model=l", ["logistic"]),
    ("fleetrace sweep hare-and-turtle --vary progress.model=none,log", ["none,logistic"]),
    ("fleetrace run mine.yaml --set strategies.on", ["strategies.only."]),
    ("fleetrace run --quiet mine.yaml --seed 3 --set strategies.on", ["strategies.only."]),
    ("fleetrace run no-such-scenario --set str", []),
    ("fleetrace run --seed ", []),
    ("fleetrace sensitivity hare-and-turtle --strategy her", ["heron"]),
    ("fleetrace list purch", ["purchase"]),
    ("fleetrace list purchase onc", ["once"]),
    ("fleetrace list initial", ["initial_fleet"]),
    ("fleetrace list strategies onc", ["once"]),
    ("fleetrace list format oper", ["operations"]),
    ("fleetrace list horizon ", []),
    ("fleetrace list paths gpt", ["gpt3"]),
    ("fleetrace completion z", ["zsh"]),
    ("fleetrace diff hare-and-t", ["hare-and-turtle"]),
    ("fleetrace diff gpt3 mi", ["mine.yaml"]),
    ("fleetrace theory ", []),
    ("fleetrace cluster sl", ["slurm"]),
    ("fleetrace cluster slurm hare-and-t", ["hare-and-turtle"]),
    ("fleetrace merge fold", ["folder"]),
]

# What is typed, and what stands there after a TAB in zsh.
ZSH = [
    ("fleetrace valid", "fleetrace validate "),
    ("fleetrace run hare-and-t", "fleetrace run hare-and-turtle "),
    ("fleetrace run mi", "fleetrace run mine.yaml "),
    ("fleetrace run gpt3 --form", "fleetrace run gpt3 --format="),
    ("fleetrace run gpt3 --format=m", "fleetrace run gpt3 --format=markdown "),
    ("fleetrace run gpt3 --format m", "fleetrace run gpt3 --format markdown "),
    ("fleetrace run hare-and-turtle --set strategies.t", "fleetrace run hare-and-turtle --set strategies.turtle."),
    ("fleetrace run hare-and-turtle --set=progress.mo", "fleetrace run hare-and-turtle --set=progress.model="),
    ("fleetrace run hare-and-turtle --set progress.model=l", "fleetrace run hare-and-turtle --set progress.model=logistic"),
    ("fleetrace sensitivity hare-and-turtle --strategy her", "fleetrace sensitivity hare-and-turtle --strategy heron "),
    ("fleetrace list purchase onc", "fleetrace list purchase once "),
    ("fleetrace list initial", "fleetrace list initial_fleet "),
    ("fleetrace list format oper", "fleetrace list format operations "),
    ("fleetrace completion z", "fleetrace completion zsh "),
]

SCENARIO = """fleetrace: 1
name: mine
horizon: {start: 2026-01-01, length: 1 yr}
hardware: {model: trend}
loss: {reference: 1e23 FLOP}
strategies:
  only: {buy: once, budget: 1e6 USD, at: 0 days}
  "$(touch harm)": {buy: none}
"""


def program(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout


def as_readline_cuts(line):
    """COMP_WORDS: readline cuts at = and : as well as at spaces."""
    words = re.findall(r"[=:]+|[^\s=:]+", line)
    return words + [""] if line.endswith(" ") else words


def bash_problems(folder, environment):
    script = [f"source {folder}/completion.bash"]
    for line, _ in BASH:
        words = " ".join("'" + word + "'" for word in as_readline_cuts(line))
        script.append(f"COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))")
        script.append('_fleetrace fleetrace; printf "%s\\n" "${COMPREPLY[*]}"')
    result = subprocess.run(["bash", "--norc", "-c", "\n".join(script)], cwd=folder, env=environment, capture_output=True, text=True)
    if result.stderr:
        yield f"bash says: {result.stderr}"
    for (line, expected), offered in zip(BASH, result.stdout.splitlines()):
        found, is_part = offered.split(), expected[-1:] == ["..."]
        missing = set(expected) - {"..."} - set(found)
        if missing or (not is_part and sorted(found) != sorted(expected)):
            yield f"bash: {line!r} offers {found}, not {expected}"
    if len(result.stdout.splitlines()) != len(BASH):
        yield f"bash answered {len(result.stdout.splitlines())} of {len(BASH)} lines"
    if (folder / "harm").exists():
        yield "bash ran the name of a strategy"


def zsh_problems(folder, environment):
    """A TAB behind each line in an interactive zsh, whose buffer is then written to a file."""
    said = folder / "zsh-said"
    start = folder / "start.zsh"
    start.write_text(f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -D -u\n"
                     f"answer() {{ print -r -- \"$BUFFER\" >>{said}; BUFFER=; }}; zle -N answer; bindkey '^P' answer\n"
                     "unsetopt beep; bindkey '^I' complete-word; PS1=; export TERM=dumb\n")
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
    keys = f"source {start}\r" + "".join(f"{line}\t\x10" for line, _ in ZSH) + "exit\r"
    os.write(terminal, keys.encode())
    signal.alarm(60)
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass  # the other end is closed
    signal.alarm(0)
    os.waitpid(process, 0)
    lines = said.read_text().splitlines() if said.exists() else []
    for (line, expected), found in zip(ZSH, lines):
        if found != expected:
            yield f"zsh: {line!r} becomes {found!r}, not {expected!r}"
    if len(lines) != len(ZSH):
        yield f"zsh answered {len(lines)} of {len(ZSH)} lines"


def manual_problems(folder):
    """Every verb, option and word of help stands in the manual, which reads without a complaint."""
    page = folder / "fleetrace.1"
    page.write_text(program("man"))
    plain = page.read_text().replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
    verbs = re.findall(r"^  (\w+) ", program("help"), re.M)
    if len(verbs) < 10:
        yield f"help lists only {verbs}"
    for verb in verbs:
        if f".SS fleetrace {verb}" not in plain:
            yield f"the manual has no section on {verb}"
            continue
        section = plain.split(f".SS fleetrace {verb}", 1)[1].split("\n.S", 1)[0]
        for option in re.findall(r"^  (--[\w-]+)", program("help", verb), re.M):
            if f"\n{option}" not in section:
                yield f"the manual has no {verb} {option}"
    for name in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"):
        if f"\n.SH {name}\n" not in plain:
            yield f"the manual has no section {name}"
    for tool, command in (("mandoc", ["mandoc", "-Tlint", page]), ("man", ["man", "--warnings", "-l", page])):
        if shutil.which(tool) is None:
            print(f"SKIPPED: there is no {tool}")
            continue
        result = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, MANROFFSEQ="", MANWIDTH="80"))
        complaint = result.stdout + result.stderr if tool == "mandoc" else result.stderr
        if complaint or result.returncode:
            yield f"{tool}: {complaint or result.returncode}"


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: no program")
        return 0
    environment = dict(os.environ, PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"], LC_ALL="C.UTF-8")
    problems = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "mine.yaml").write_text(SCENARIO)
        (folder / "folder").mkdir()
        (folder / "completion.bash").write_text(program("completion", "bash"))
        (folder / "_fleetrace").write_text(program("completion", "zsh"))
        problems += bash_problems(folder, environment)
        if shutil.which("zsh"):
            problems += zsh_problems(folder, environment)
        else:
            print("SKIPPED: there is no zsh")
        if shutil.which("shellcheck"):
            check = subprocess.run(["shellcheck", "-s", "bash", folder / "completion.bash"], capture_output=True, text=True)
            problems += [check.stdout] if check.returncode else []
        problems += manual_problems(folder)
    print("\n".join(problems))
    print(f"{len(BASH)} lines in bash, {len(ZSH)} in zsh, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
