"""How many lines of the readers the fuzzers reach: that of each file, and of all, which must be LEAST at least.

usage: coverage.py [SECONDS] [--lines]     with FLEETRACE_BUILD naming a build by the preset coverage

Each fuzzer goes on for so many seconds from its seeds and what it has kept (build/fuzz/corpus). --lines prints lines that none reaches.
"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import trust

LEAST = 90  # per cent
SECONDS = 20


def fuzz(build, name, seconds, counters):
    """Fuzzes one reader, and returns what was said where that ended badly."""
    done = subprocess.run([sys.executable, str(trust.ROOT / "tests/trust/fuzz.py"), name, f"{seconds}s"], capture_output=True, text=True, check=False,
                          env={**os.environ, "FLEETRACE_PROGRAM": str(build / "fleetrace"), "FLEETRACE_FUZZ": str(build / "fleetrace_fuzz"),
                               "LLVM_PROFILE_FILE": str(counters / f"{name}-%p.profraw")})
    return done.stdout + done.stderr if done.returncode else ""


def counted(build, counters):
    """What llvm-cov knows of each reader: its lines, and segments of code with how often they ran."""
    merged = counters / "all.profdata"
    subprocess.run(["llvm-profdata-14", "merge", "-sparse", "-o", merged, *sorted(counters.glob("*.profraw"))], check=True)
    said = subprocess.run(["llvm-cov-14", "export", str(build / "fleetrace_fuzz"), f"-instr-profile={merged}"], check=True, capture_output=True)
    readers = (build / "readers.txt").read_text(encoding="utf-8").split()
    found = {}
    for each in json.loads(said.stdout)["data"][0]["files"]:
        name = next((reader for reader in readers if each["filename"].endswith("/" + reader) or each["filename"] == reader), None)
        if name:
            found[name] = each
    missing = [name for name in readers if name not in found]
    if missing:
        sys.exit(f"coverage: nothing is known of {', '.join(missing)}")
    return found


def unreached(segments):
    """Ranges of lines that never ran, as the counts of segments have it."""
    ranges = []
    for (line, _, count, has_count, *_), (end, *_) in zip(segments, segments[1:]):
        if has_count and count == 0:
            if ranges and line <= ranges[-1][1] + 1:
                ranges[-1][1] = max(end, ranges[-1][1])
            else:
                ranges.append([line, end])
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in ranges)


def main():
    words = [word for word in sys.argv[1:] if word != "--lines"]
    seconds = int(words[0]) if words else SECONDS
    build = pathlib.Path(os.environ["FLEETRACE_BUILD"])
    names = sorted(path.stem.removeprefix("fuzz_") for path in (trust.ROOT / "tests/hostile").glob("fuzz_*.cpp"))
    with tempfile.TemporaryDirectory() as place:
        counters = pathlib.Path(place)
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("TRUST_JOBS", "1"))) as pool:
            wrong = [said for said in pool.map(lambda name: fuzz(build, name, seconds, counters), names) if said]
        files = counted(build, counters)
    lines = {name: (each["summary"]["lines"]["count"], each["summary"]["lines"]["covered"]) for name, each in files.items()}
    for name, (count, covered) in sorted(lines.items(), key=lambda each: each[1][1] / each[1][0]):
        print(f"{100 * covered / count:5.1f} %  {covered:5} of {count:5}  {name}")
        if "--lines" in sys.argv and covered < count:
            print(f"         {unreached(files[name]['segments'])}")
    count, covered = (sum(each[i] for each in lines.values()) for i in (0, 1))
    share = 100 * covered / count
    print(f"coverage: {share:.1f} % of the lines of readers, {trust.number(covered)} of {trust.number(count)}, by fuzzing for {seconds} s each")
    for each in wrong:
        print(each)
    if share < LEAST:
        print(f"coverage: that is less than {LEAST} %")
    sys.exit(1 if wrong or share < LEAST else 0)


main()
