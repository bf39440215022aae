"""Workbooks as Python's standard library reads them, for the tests of spreadsheets."""
import datetime
import io
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
EPOCH = datetime.datetime(1899, 12, 30)


def check(holds, what):
    if not holds:
        sys.exit(f"{sys.argv[0].rsplit('/', 1)[-1].removesuffix('.py')}: {what}")


def instant(days):
    """An instant of a spreadsheet, to the millisecond."""
    return EPOCH + datetime.timedelta(milliseconds=round(days * 86_400_000))


class Sheet:
    """The rows of a sheet as values of Python, and what is said of its look."""

    def __init__(self, root, texts, is_date):
        view = root.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        self.is_frozen = view is not None and view.get("state") == "frozen" and view.get("ySplit") == "1"
        self.widths = [float(column.get("width")) for column in root.iter(f"{MAIN}col")]
        self.rows = []
        for row in root.iter(f"{MAIN}row"):
            while len(self.rows) < int(row.get("r")):
                self.rows.append([])
            for cell in row.iter(f"{MAIN}c"):
                self.put(self.rows[-1], cell, texts, is_date)

    @staticmethod
    def put(row, cell, texts, is_date):
        letters = re.match("[A-Z]+", cell.get("r")).group()
        column = 0
        for letter in letters:
            column = 26 * column + ord(letter) - ord("A") + 1
        row.extend([None] * (column - len(row)))
        check(cell.find(f"{MAIN}f") is None, "a cell is a formula")
        value = cell.find(f"{MAIN}v")
        if value is None:
            return
        kind = cell.get("t", "n")
        if kind == "s":
            row[column - 1] = texts[int(value.text)]
        elif kind == "b":
            row[column - 1] = value.text == "1"
        else:
            check(kind == "n", f"a cell is of type {kind}")
            number = float(value.text)
            row[column - 1] = instant(number) if is_date[int(cell.get("s", "0"))] else number


def read(data):
    """{name: Sheet} of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check(archive.testzip() is None, "the archive is damaged")
        part = lambda name: xml.fromstring(archive.read(name))
        texts = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in part("xl/sharedStrings.xml")]
        styles = part("xl/styles.xml")
        dated = {form.get("numFmtId") for form in styles.iter(f"{MAIN}numFmt") if "yyyy" in form.get("formatCode")}
        is_date = [form.get("numFmtId") in dated for form in styles.find(f"{MAIN}cellXfs")]
        links = {link.get("Id"): link.get("Target") for link in part("xl/_rels/workbook.xml.rels")}
        return {sheet.get("name"): Sheet(part("xl/" + links[sheet.get(LINK)]), texts, is_date)
                for sheet in part("xl/workbook.xml").iter(f"{MAIN}sheet")}
