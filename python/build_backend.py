"""What `pip install .` calls (PEP 517, PEP 660): CMake makes the extension with the libraries of the machine, and the package is zipped as
a wheel. It needs nothing but Python, pybind11, CMake and what the program itself is built with, and no network.

`--config-settings built=FOLDER` takes the package of a build that is there, such as build/release, and compiles nothing."""

import base64
import hashlib
import io
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = re.search(r"project\(fleetrace VERSION ([\d.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
# A wheel of the same bytes from the same files.
DATE = (1980, 1, 1, 0, 0, 0)
METADATA = f"""Metadata-Version: 2.1
Name: fleetrace
Version: {VERSION}
Summary: Discrete-event simulator of GPU fleets over years
License: Apache-2.0
Requires-Python: >=3.11
Requires-Dist: numpy>=1.24
Provides-Extra: all
Requires-Dist: pandas; extra == "all"
Requires-Dist: xarray; extra == "all"
Requires-Dist: tqdm; extra == "all"
Requires-Dist: matplotlib; extra == "all"
"""


def tag():
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{version}-{version}-{re.sub(r'[-.]', '_', sysconfig.get_platform())}"


def run(*command):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nfleetrace: {' '.join(command[:3])} ... failed")


def extension():
    """What the extension of this interpreter is called."""
    return "_core" + sysconfig.get_config_var("EXT_SUFFIX")


def united():
    """How many files are compiled as one: many where all are compiled, else as in the build that there is."""
    cache = ROOT / "build" / "release" / "CMakeCache.txt"
    if not cache.exists():
        return "12"
    found = re.search(r"^FLEETRACE_UNITE:\w+=(\d*)$", cache.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "0"


def build(settings):
    """Builds the extension for this interpreter, beside the release build of the program, and returns the folder of the package."""
    if built := (settings or {}).get("built"):
        package = (ROOT / built / "python" / "fleetrace").resolve()
        if not (package / extension()).exists():
            sys.exit(f"fleetrace: there is no {extension()} in {package}: build it, or leave out built={built}")
        return package
    run("cmake", "--preset", "release", "-DFLEETRACE_PYTHON=ON", f"-DFLEETRACE_PYTHON_INTERPRETER={sys.executable}",
        f"-DFLEETRACE_UNITE={united()}")
    run("cmake", "--build", "--preset", "release", "--target", "fleetrace_python", "--parallel", str(os.cpu_count()))
    return ROOT / "build" / "release" / "python" / "fleetrace"


class Wheel:
    def __init__(self, folder):
        self.name = f"fleetrace-{VERSION}-{tag()}.whl"
        self.archive = zipfile.ZipFile(pathlib.Path(folder) / self.name, "w", zipfile.ZIP_DEFLATED)
        self.records = []

    def add(self, name, content):
        info = zipfile.ZipInfo(name, DATE)
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        self.archive.writestr(info, content, compresslevel=1)  # it is unpacked at once, and kept by nobody
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self.records.append(f"{name},sha256={digest},{len(content)}\n")

    def finish(self):
        info = f"fleetrace-{VERSION}.dist-info"
        self.add(f"{info}/METADATA", METADATA.encode())
        self.add(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: fleetrace\nRoot-Is-Purelib: false\nTag: {tag()}\n".encode())
        self.add(f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes())
        self.archive.writestr(zipfile.ZipInfo(f"{info}/RECORD", DATE), "".join(self.records) + f"{info}/RECORD,,\n")
        self.archive.close()
        return self.name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    package = build(config_settings)
    wheel = Wheel(wheel_directory)
    for path in sorted(package.iterdir()):
        if path.suffix in (".py", ".pyi") or path.name in ("py.typed", extension()):
            wheel.add(f"fleetrace/{path.name}", path.read_bytes())
    return wheel.finish()


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """A wheel that only names the folder of the build, whose Python files are those of the checkout."""
    package = build(config_settings)
    wheel = Wheel(wheel_directory)
    wheel.add("fleetrace.pth", f"{package.parent}\n".encode())
    return wheel.finish()


def build_sdist(sdist_directory, config_settings=None):
    """The files of the last commit, with the metadata that a source distribution has."""
    name = f"fleetrace-{VERSION}"
    target = pathlib.Path(sdist_directory) / f"{name}.tar.gz"
    files = subprocess.run(["git", "archive", "--format=tar", f"--prefix={name}/", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    with tarfile.open(fileobj=io.BytesIO(files.stdout)) as archive, tarfile.open(target, "w:gz") as sdist:
        for member in archive:
            sdist.addfile(member, archive.extractfile(member) if member.isfile() else None)
        info = tarfile.TarInfo(f"{name}/PKG-INFO")
        info.size = len(METADATA.encode())
        sdist.addfile(info, io.BytesIO(METADATA.encode()))
    return target.name
