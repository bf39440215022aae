#!/usr/bin/env python3
"""Checks every accelerator of the catalog: form, units, sources, ranges, dates; and its figures against the reference
tables it was made from.

    python3 tests/structure/catalog_test.py REPOSITORY [REFERENCE]

Findings are printed as file:line: text, and the exit code is 1. Without REFERENCE that comparison is skipped, visibly.
"""

import csv
import datetime
import re
import sys
from decimal import Decimal
from pathlib import Path

PLAIN = {"fleetrace_accelerator", "name", "vendor", "architecture"}
UNITS = {"released": "date", "priced": "date", "off_sale": "date", "end_of_life": "date", "bf16": "TFLOP/s", "fp8": "TFLOP/s",
         "fp4": "TFLOP/s", "int8": "TFLOP/s", "memory": "GB", "bandwidth": "TB/s", "tdp": "W", "server_power": "W",
         "average_draw": "", "price": "USD", "server_overhead": "", "interconnect_share": "", "mfu": "", "lifetime": "yr"}
OPTIONAL = {"architecture", "fp8", "fp4", "int8", "off_sale", "end_of_life", "interconnect_share", "mfu", "lifetime"}
FIELDS = {"value", "low", "high", "source", "verified"}
VERIFIED = {"read", "derived", "unverified"}

# The reference table's 8-bit rate of these parts is that of integers: they have no fp8 arithmetic.
INTEGER_ONLY = {"A100-40", "A100-80", "TPUv4", "TPUv5e", "TPUv5p", "TPUv6e"}
# Column of accelerators_wide.csv and the power of ten between its unit and the catalog's.
COLUMNS = {"bf16": ("bf16_dense_flops", 12), "fp8": ("fp8_dense_flops", 12), "fp4": ("fp4_dense_flops", 12),
           "int8": ("fp8_dense_flops", 12), "memory": ("memory_gb", 0),
           "bandwidth": ("hbm_bw_bytes_s", 12), "tdp": ("tdp_w", 0), "price": ("price_usd", 0)}
# Row of operations.csv with the server power over TDP; other parts take their kind's.
SERVER_RATIOS = {"TPUv2": "TPUv2", "TPUv3": "TPUv3", "H200": "H100", "GH200": "H100", "H20": "H100"}
# Row of operations.csv with the server price over that of its accelerator; other parts take the average.
SERVER_COSTS = {"P100": "p100", "V100-16": "v100", "V100-32": "v100", "A100-40": "a100", "A100-80": "a100"}
# What ships as a rack costs this over its accelerators: the 1.06 of GB200 in operations.csv, rounded up.
RACKS = {"GB200", "GB300", "VR200"}
RACK_COST = Decimal("1.1")
HALF_YEARS = {"H1": "04-01", "H2": "10-01"}

NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
SCALAR = r'"[^"\\]*"|[^\s"\'{}\[\],:#&*!|>%@`-](?:[^"\'{}\[\],:#]|:(?=\S))*'
FIELD = re.compile(rf"([a-z]+): ({SCALAR})")


class Findings:
    def __init__(self):
        self.count = 0

    def add(self, path, line, text):
        self.count += 1
        print(f"{path}:{line}: {text}")


class Field:
    def __init__(self, text, line):
        self.text = text[1:-1] if text.startswith('"') else text.strip()
        self.line = line


class Item:
    """A top-level key: either plain text or a map of fields."""

    def __init__(self, line):
        self.line = line
        self.text = None
        self.fields = {}


def read_fields(text):
    """The (key, scalar) pairs of a flow map without its braces, or None where it is not one."""
    pairs = []
    position = 0
    while True:
        match = FIELD.match(text, position)
        if not match:
            return None
        pairs.append((match[1], match[2]))
        position = match.end()
        if position == len(text):
            return pairs
        if not text.startswith(", ", position):
            return None
        position += 2


def read_file(path, findings):
    """Reads the only YAML that the catalog uses: `key: text`, `key: {a: b, ...}`, or `key:` above lines `  a: b`."""
    items = {}
    item = None  # the block map that indented lines belong to

    def add_fields(pairs, line):
        for name, text in pairs:
            if name not in FIELDS:
                findings.add(path, line, f"unknown field {name}")
            elif name in item.fields:
                findings.add(path, line, f"field {name} is given twice")
            else:
                item.fields[name] = Field(text, line)

    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text.startswith("#"):
            continue
        if text.startswith("  ") and item is not None:
            pairs = read_fields(text[2:])
            if pairs is None or len(pairs) != 1:
                findings.add(path, line, f"not a field: {text}")
            else:
                add_fields(pairs, line)
            continue
        match = re.fullmatch(r"([a-z][a-z0-9_]*):(?: (\S.*))?", text)
        if not match:
            findings.add(path, line, f"not a key: {text}")
            item = None
            continue
        key, rest = match[1], match[2]
        if key in items:
            findings.add(path, line, f"key {key} is given twice")
        item = items[key] = Item(line)
        if rest is None:
            continue
        if rest.startswith("{") and rest.endswith("}"):
            pairs = read_fields(rest[1:-1])
            if pairs is None:
                findings.add(path, line, f"not a map of fields: {rest}")
            else:
                add_fields(pairs, line)
        elif re.fullmatch(SCALAR, rest):
            item.text = Field(rest, line).text
        else:
            findings.add(path, line, f"not a plain value: {rest}")
        item = None
    return items


def parse_value(key, field, path, findings):
    """A date or a Decimal in the key's unit; None after a finding."""
    unit = UNITS[key]
    if unit == "date":
        try:
            date = datetime.date.fromisoformat(field.text)
            if date.isoformat() == field.text:
                return date
        except ValueError:
            pass
        findings.add(path, field.line, f"{key}: {field.text} is not a date such as 2022-09-20")
        return None
    match = re.fullmatch(rf"({NUMBER})" + (f" {re.escape(unit)}" if unit else ""), field.text)
    if not match:
        findings.add(path, field.line, f"{key}: {field.text} is not a number" + (f" of {unit}" if unit else ""))
        return None
    value = Decimal(match[1])
    if value <= 0:
        findings.add(path, field.line, f"{key}: {field.text} is not above 0")
        return None
    return value


def check_item(key, item, path, findings):
    """Checks one sourced number; returns its value, low and high, each possibly None."""
    values = {}
    for name in ("value", "low", "high"):
        if name in item.fields:
            values[name] = parse_value(key, item.fields[name], path, findings)
    for name in ("value", "source", "verified"):
        if name not in item.fields:
            findings.add(path, item.line, f"{key}: no {name}")
    if "source" in item.fields and not item.fields["source"].text:
        findings.add(path, item.line, f"{key}: the source is empty")
    if "verified" in item.fields and item.fields["verified"].text not in VERIFIED:
        findings.add(path, item.fields["verified"].line, f"{key}: verified is not one of {', '.join(sorted(VERIFIED))}")
    if ("low" in item.fields) != ("high" in item.fields):
        findings.add(path, item.line, f"{key}: low and high come together")
    value, low, high = (values.get(name) for name in ("value", "low", "high"))
    if None not in (value, low, high) and not low <= value <= high:
        findings.add(path, item.line, f"{key}: {value} is not within {low} to {high}")
    return value, low, high


def check_file(path, findings):
    """Checks one file by itself; returns its items and values."""
    items = read_file(path, findings)
    for key in sorted((PLAIN | UNITS.keys()) - OPTIONAL - items.keys()):
        findings.add(path, 1, f"no {key}")
    values = {}
    for key, item in items.items():
        if key in PLAIN:
            if not item.text:
                findings.add(path, item.line, f"{key} is not plain text")
        elif key in UNITS:
            values[key] = check_item(key, item, path, findings)
        else:
            findings.add(path, item.line, f"unknown key {key}")
    if not path.read_text(encoding="utf-8").startswith("# "):
        findings.add(path, 1, "the first line is not a comment that names the part")
    if "fleetrace_accelerator" in items and items["fleetrace_accelerator"].text != "1":
        findings.add(path, items["fleetrace_accelerator"].line, "fleetrace_accelerator is not 1")
    if "name" in items and items["name"].text:
        slug = re.sub(r"[^a-z0-9]+", "-", items["name"].text.lower())
        if path.name != f"{slug}.yaml":
            findings.add(path, items["name"].line, f"name {items['name'].text} belongs into {slug}.yaml")
    released, priced, draw = (values.get(key, (None,))[0] for key in ("released", "priced", "average_draw"))
    if released and priced and priced < released:
        findings.add(path, items["priced"].line, "priced before it is released")
    if draw and draw > 1:
        findings.add(path, items["average_draw"].line, "average_draw is above 1")
    for key in ("off_sale", "end_of_life"):
        end = values.get(key, (None,))[0]
        if released and end and end <= released:
            findings.add(path, items[key].line, f"{key} is not after the release")
    overhead = values.get("server_overhead", (None,))[0]
    if overhead and overhead < 1:
        findings.add(path, items["server_overhead"].line, "server_overhead is below 1")
    if "fp8" in items and "int8" in items:
        findings.add(path, items["int8"].line, "int8 stands beside fp8")
    tdp, server = (values.get(key, (None,))[0] for key in ("tdp", "server_power"))
    if tdp and server and server < tdp:
        findings.add(path, items["server_power"].line, "server_power is below tdp")
    return items, values


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_server_power(row, ratios):
    if row["server_power_per_chip_w"]:
        return Decimal(row["server_power_per_chip_w"])
    chip = row["chip"]
    kind = SERVER_RATIOS.get(chip) or ("TPU_other" if row["vendor"] == "Google" else "GPU_other")
    return Decimal(row["tdp_w"]) * ratios[f"pow.srv.{kind}"]


def expected_server_overhead(row, ratios):
    if row["chip"] not in RACKS:
        return ratios["cap.srv." + SERVER_COSTS.get(row["chip"], "avg")]
    # The racks of a MW over its accelerators, 50 500 in 100 MW as the row cap.gpu.all has them.
    if row["chip"] == "GB200":
        per_megawatt = Decimal(50500) / 100
        found = ratios["cap.gw.srv"] * 10**6 / per_megawatt / Decimal(row["price_usd"])
        assert RACK_COST - Decimal("0.05") < found <= RACK_COST, found
    return RACK_COST


def compare_part(row, path, items, values, ratios, findings):
    def expect(key, found, wanted):
        if found != wanted:
            findings.add(path, items[key].line if key in items else 1, f"{key}: {found}, the reference has {wanted}")

    def value(key, index=0):
        return values.get(key, (None, None, None))[index]

    for key, (column, exponent) in COLUMNS.items():
        wanted = Decimal(row[column]).scaleb(-exponent) if row[column] else None
        if key == ("fp8" if row["chip"] in INTEGER_ONLY else "int8"):
            wanted = None
        expect(key, value(key), wanted)
    if row["price_low"] != row["price_high"]:  # equal ends are no range
        expect("price", value("price", 1), Decimal(row["price_low"]))
        expect("price", value("price", 2), Decimal(row["price_high"]))
    else:
        expect("price", value("price", 1), None)
    expect("server_overhead", value("server_overhead"), expected_server_overhead(row, ratios))
    expect("server_power", value("server_power"), expected_server_power(row, ratios))
    kind = "tpu" if row["vendor"] == "Google" else "gpu"
    expect("average_draw", value("average_draw"), ratios[f"pow.frac.{kind}"])
    year, _, rest = row["release_date"].partition("-")
    expect("released", value("released"), datetime.date.fromisoformat(f"{year}-{HALF_YEARS.get(rest, rest)}"))
    expect("vendor", items["vendor"].text if "vendor" in items else None, row["vendor"])
    expect("architecture", items["architecture"].text if "architecture" in items else None, row["architecture"] or None)
    weak = set(row["cells_from_memory"].split(";"))
    for key, (column, _) in list(COLUMNS.items()) + [("released", ("release_date", 0))]:
        if column in weak and key in items and "verified" in items[key].fields:
            mark = items[key].fields["verified"]
            # A figure from memory may have been traced since, but then its source is another one.
            if mark.text == "read":
                findings.add(path, mark.line, f"{key}: marked read, the reference has it from memory")


def compare(reference, parts, folder, readme, findings):
    table = reference / "accelerators_wide.csv"
    ratios = {row["id"]: Decimal(row["value"]) for row in read_csv(reference / "operations.csv")
              if row["id"].startswith(("pow.srv.", "pow.frac.", "cap.srv.", "cap.gw.srv"))}
    names = set()
    for line, row in enumerate(read_csv(table), 2):
        chip = row["chip"]
        names.add(chip)
        if not row["price_usd"] or not row["tdp_w"]:
            if chip in parts:
                findings.add(parts[chip][0], 1, f"{chip} has no price or no power in the reference")
            elif chip not in readme:
                findings.add(folder.parent / "README.md", 1, f"does not say why {chip} is left out")
        elif chip not in parts:
            findings.add(table, line, f"{chip} has price and power, but no file in {folder}")
        else:
            compare_part(row, *parts[chip], ratios, findings)
    for chip in sorted(parts.keys() - names):
        print(f"note: {chip} is not in {table}: not compared")


def main(arguments):
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0]) / "scenarios" / "catalog" / "accelerators"
    findings = Findings()
    parts = {}
    for path in sorted(folder.iterdir()):
        if path.suffix != ".yaml":
            findings.add(path, 1, "not an accelerator file")
            continue
        items, values = check_file(path, findings)
        if "name" in items:
            parts[items["name"].text] = (path, items, values)
    if not parts:
        findings.add(folder, 1, "no accelerators")

    compared = "compared with the reference"
    reference = Path(arguments[1]) if len(arguments) == 2 else None
    if reference and (reference / "accelerators_wide.csv").exists():
        compare(reference, parts, folder, (folder.parent / "README.md").read_text(encoding="utf-8"), findings)
    else:
        compared = "SKIPPED: comparison with the reference tables, which are not here"
    print(f"{len(parts)} accelerators, {findings.count} findings; {compared}")
    return 1 if findings.count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
