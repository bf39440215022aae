"""The tour in docs/python.md prints what it shows, and the notebooks run and show what they say."""

import contextlib
import copy
import io
import json
import os
import re

import pytest

from conftest import SANITIZED, SOURCE

TOUR = SOURCE / "docs" / "python.md"
NOTEBOOKS = sorted((SOURCE / "docs" / "notebooks").glob("*.ipynb"))
BLOCKS = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


@pytest.mark.skipif(SANITIZED, reason="each of its calls has a test of its own")
def test_the_tour_prints_what_it_shows(in_folder):
    names = {}
    blocks = BLOCKS.findall(TOUR.read_text())
    assert len(blocks) > 8
    for code, shown in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, str(TOUR), "exec"), names)
        assert printed.getvalue() == shown, code


def outputs(cells):
    """What the cells of a notebook show: texts, and that there is a picture. A kernel may send one text in several pieces."""
    found = []
    for cell in cells:
        is_stream = False
        for each in cell.get("outputs", ()):
            data = each.get("data", {})
            text = "".join(each["text"] if each["output_type"] == "stream" else data.get("text/plain", ""))
            if is_stream and each["output_type"] == "stream":
                found[-1] += text
            else:
                found.append("picture" if "image/png" in data else text)
            is_stream = each["output_type"] == "stream"
    return found


def keep_what_is_shown(notebook, executed):
    """Puts what cells show when they run into a notebook, without pages of tables that stand there as text, too."""
    for cell, run in zip(notebook.cells, executed.cells):
        if cell.cell_type != "code":
            continue
        cell.outputs = []
        for each in run.outputs:
            each.get("data", {}).pop("text/html", None)
            if each.output_type == "stream" and cell.outputs and cell.outputs[-1].output_type == "stream":
                cell.outputs[-1].text += each.text
            else:
                cell.outputs.append(each)


@pytest.mark.skipif(SANITIZED, reason="a kernel has its own run-time")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_what_it_says(path, in_folder, monkeypatch):
    nbformat = pytest.importorskip("nbformat", reason="notebooks need jupyter-nbconvert")
    execute = pytest.importorskip("nbconvert.preprocessors", reason="notebooks need jupyter-nbconvert")
    pytest.importorskip("ipykernel", reason="notebooks need python3-ipykernel")
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    for variable in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(in_folder / variable))
    notebook = nbformat.read(path, as_version=4)
    executed = copy.deepcopy(notebook)
    executor = execute.ExecutePreprocessor(timeout=120, kernel_name="python3")
    executor.preprocess(executed, {"metadata": {"path": str(in_folder)}})
    if "FLEETRACE_REWRITE_GOLDENS" in os.environ and outputs(executed.cells) != outputs(notebook.cells):
        keep_what_is_shown(notebook, executed)
        nbformat.write(notebook, path)
    assert outputs(executed.cells) == outputs(notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_of_no_machine(path):
    text = path.read_text()
    assert len(text) < 150_000
    cells = json.loads(text)["cells"]
    assert all(cell["outputs"] for cell in cells if cell["cell_type"] == "code" and "import" not in "".join(cell["source"])
               and "@ft.register" not in "".join(cell["source"]))
    assert not re.search(r"/home/|/tmp/|/root/|\bexecution\b|\d\d:\d\d:\d\d\.\d{6}", text)
    assert "Traceback" not in text


def test_there_is_a_notebook_for_each_question():
    assert {path.stem for path in NOTEBOOKS} == {"paper-figures", "who-wins-where", "own-policy", "optimal-plan"}
    for path in NOTEBOOKS:
        assert f"notebooks/{path.name}" in TOUR.read_text()
