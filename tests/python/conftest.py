"""What the tests of the package share."""

import _thread
import os
import pathlib
import subprocess

import pytest

SOURCE = pathlib.Path(os.environ["FLEETRACE_SOURCE_DIR"])
# Sanitised code is an order of magnitude slower, and its memory is not what it takes otherwise.
SANITIZED = "FLEETRACE_SANITIZED" in os.environ


def program(*arguments, code=0):
    """What the program writes, as bytes."""
    # The program is whole by itself, with the run-time of its own sanitizer.
    environment = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
    done = subprocess.run([os.environ["FLEETRACE_PROGRAM"], *arguments], capture_output=True, env=environment)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout


def interrupt_after(count):
    """Progress that is Ctrl-C once so much is done. What is finished is what has no gap, and a thread that has to wait on a busy
    machine may keep the first of all from being finished for a while."""
    return lambda done, total: _thread.interrupt_main() if done >= count else None


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    """An empty folder as the working one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
