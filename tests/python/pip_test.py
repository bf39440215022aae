"""`pip install .` in a virtual environment and without a network: what comes of it is whole, and is removed without a trace. The build
that is tested is taken, since the only other difference of a release build are its flags."""

import os
import pathlib
import subprocess
import sys
import tarfile

import pytest

import fleetrace as ft
from conftest import SANITIZED, SOURCE

BUILD = pathlib.Path(os.environ["FLEETRACE_PROGRAM"]).parent
RACE = "import fleetrace as ft; print(ft.__file__); print(ft.run('hare-and-turtle')['lab'].final.relative_loss)"


def call(*command):
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PIP_CONFIG_FILE")}
    done = subprocess.run(command, cwd="/", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.skipif(SANITIZED, reason="a sanitised module needs its run-time before pip")
def test_pip_installs_and_removes_the_package(tmp_path):
    pytest.importorskip("ensurepip", reason="no python3-venv")
    home = tmp_path / "venv"
    call(sys.executable, "-m", "venv", "--system-site-packages", home)
    python = home / "bin" / "python"
    call(python, "-m", "pip", "install", "--no-index", "--no-cache-dir", "--config-settings", f"built={BUILD}", SOURCE)
    where, loss = call(python, "-c", RACE).split()
    assert pathlib.Path(where).is_relative_to(home) and float(loss) == ft.run("hare-and-turtle")["lab"].final.relative_loss
    package = pathlib.Path(where).parent
    assert {"py.typed", "_core.pyi", "_records.pyi"} <= {path.name for path in package.iterdir()}
    assert "numpy" in call(python, "-m", "pip", "show", "fleetrace")
    call(python, "-m", "pip", "uninstall", "--yes", "fleetrace")
    assert not package.exists() and not list(package.parent.glob("fleetrace*"))


def test_a_build_that_is_not_there_is_refused(tmp_path):
    done = subprocess.run([sys.executable, "-c", f"import build_backend; build_backend.build_wheel({str(tmp_path)!r}, {{'built': 'no'}})"],
                          env={**os.environ, "PYTHONPATH": str(SOURCE / "python")}, capture_output=True, text=True)
    assert done.returncode == 1 and "leave out built=no" in done.stderr


@pytest.mark.skipif(not (SOURCE / ".git").exists(), reason="no repository")
def test_a_source_distribution_has_its_metadata(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(SOURCE / "python")
    import build_backend

    name = build_backend.build_sdist(tmp_path)
    with tarfile.open(tmp_path / name) as archive:
        folder = name.removesuffix(".tar.gz")
        assert archive.extractfile(f"{folder}/PKG-INFO").read().decode() == build_backend.METADATA
        assert {f"{folder}/pyproject.toml", f"{folder}/python/build_backend.py", f"{folder}/CMakeLists.txt"} <= set(archive.getnames())
