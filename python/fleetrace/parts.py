"""Studies in parts, which several machines compute: `merge`, `missing` and `cluster` of the program."""

from __future__ import annotations

import os
import warnings
from typing import Mapping, Sequence, Union

from fleetrace import _core, checks
from fleetrace.command import settings_words, study_options, words_of
from fleetrace.compare import Comparison
from fleetrace.own import threads
from fleetrace.progress import Progress, kept, watched
from fleetrace.scenario import STANDARD_INPUT, Scenario, Source, load
from fleetrace.sensitivity import Sensitivity, question_words
from fleetrace.shards import MOST
from fleetrace.sweep import Sweep, Values, grid_of, vary_words

__all__ = ["cluster", "merge", "missing"]

Folders = Union[Sequence[Union[str, "os.PathLike[str]"]], str, "os.PathLike[str]"]


def _folders(given: Folders) -> list[str]:
    folders = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    if not folders:
        raise ValueError("parts are the folders that shard= left; there are none")
    return [os.fspath(each) for each in folders]


def merge(parts: Folders, *, output: str | os.PathLike[str], jobs: int = 0,
          progress: Progress = False) -> Comparison | Sweep | Sensitivity:
    """Makes one study of the folders that all of its parts left, and returns what its verb returns. The folder `output` is that of a
    study that was never divided, to the byte, whether the program or Python computed the parts. `jobs` is the number of threads (0: all
    cores), on which nothing depends. The scenario is read again where the parts read it. Raises InvalidScenario with everything that is
    wrong where a folder holds no finished part, one is missing or there twice, or they are parts of different studies; FolderBusy and
    FolderError.

    >>> import os, tempfile, fleetrace as ft
    >>> with tempfile.TemporaryDirectory() as there:
    ...     folders = [os.path.join(there, name) for name in ("a", "b")]
    ...     for number, folder in enumerate(folders, 1):
    ...         part = ft.compare("race-under-uncertainty", replications=100, shard=(number, 2), output=folder)
    ...     merged = ft.merge(folders, output=os.path.join(there, "study"))
    >>> merged.leader, merged.json() == ft.compare("race-under-uncertainty", replications=100).json()
    ('heron', True)
    """
    found = _core.Parts(_folders(parts))
    scenario = Scenario(found.scenario, found.source)
    attrs = {"seed": found.seed}
    checks.whole(jobs=jobs)
    jobs = threads(scenario, jobs, [axis.values for axis in found.axes])
    path = os.fspath(output)
    if not path:
        raise ValueError("output names no folder")
    if found.verb == "compare":
        comparison, interruption = watched("merge", progress, lambda show: _core.merge_comparison(found, jobs, show, path))
        return kept(Comparison(comparison, scenario, attrs), interruption, "the merge")
    if found.verb == "sweep":
        sweep, interruption = watched("merge", progress, lambda show: _core.merge_sweep(found, jobs, show, path))
        grid = [(axis.path, axis.values) for axis in found.axes]
        return kept(Sweep(sweep, scenario, attrs, grid, {**found.options, "seed": found.seed}), interruption, "the merge")
    sensitivity, interruption = watched("merge", progress, lambda show: _core.merge_sensitivity(found, jobs, show, path))
    return kept(Sensitivity(sensitivity, scenario, attrs), interruption, "the merge")


def missing(parts: Folders) -> list[int]:
    """The numbers of those parts of a study that are finished in none of the folders, from 1 on; empty where none is missing. Why one
    is, a warning says. Raises InvalidScenario where no folder says of how many parts, or they are parts of different studies.

    >>> import tempfile, fleetrace as ft
    >>> with tempfile.TemporaryDirectory() as there:
    ...     part = ft.compare("race-under-uncertainty", replications=100, shard="2/4", output=there)
    ...     print(ft.missing([there]))
    [1, 3, 4]
    """
    numbers, notes = _core.missing(_folders(parts))
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return numbers


def cluster(engine: str, scenario: Source, *, study: str = "compare", axes: Mapping[str, Values] | None = None, of: str | None = None,
            against: str | None = None, points: int = 128, replications: int | None = None, seed: int = 1, objective: str | None = None,
            target: float | None = None, confidence: float | None = None, shards: int = 40, jobs: int = 1,
            output: str | os.PathLike[str] = "study") -> str:
    """A text by which an engine that numbers tasks computes a study in parts and merges them: "slurm" (a script that hands in itself),
    "kubernetes" (two Jobs) or "snakemake" (a Snakefile). Read it, edit it, and hand it in. `study` is "compare", "sweep" or
    "sensitivity"; `axes`, and `of`, `against` and `points`, are those of the last two, and what follows is the same in all. `shards` is
    the number of parts, 1 to 100000, `jobs` the threads of each, 1 to 1024, and `output` the folder of the merged study; those of the
    parts are in it with "-parts" behind. The study is checked now rather than on the cluster. Raises InvalidScenario, ValueError and
    TypeError.

    >>> import fleetrace as ft
    >>> text = ft.cluster("slurm", "race-under-uncertainty", replications=100_000)
    >>> [line.strip() for line in text.splitlines() if "exec fleetrace merge" in line]
    ['exec fleetrace merge "$parts"/*/ --output "$study"']
    """
    checks.text(engine=engine, study=study, of=of, against=against)
    checks.whole(shards=shards, jobs=jobs, points=points)
    if study not in ("compare", "sweep", "sensitivity"):
        raise ValueError(f'there is no study "{study}" in parts. Valid values are: compare, sweep, sensitivity.')
    if not 1 <= shards <= MOST:
        raise ValueError(f"shards is a whole number from 1 to {MOST}, not {shards}")
    if not 1 <= jobs <= 1024:
        raise ValueError(f"jobs is a whole number from 1 to 1024, not {jobs}")
    if (study == "sweep") != (axes is not None):
        raise ValueError("axes are those of a sweep: give them with study=\"sweep\", and only there")
    if study != "sensitivity" and (of, against, points) != (None, None, 128):
        raise ValueError("of, against and points are those of a sensitivity: give study=\"sensitivity\", too")
    if study == "sensitivity" and replications is not None:
        raise ValueError("a sensitivity has points in place of replications")
    loaded = load(scenario)
    if loaded._source == STANDARD_INPUT:
        raise ValueError("the parts cannot read a scenario that is a text or a dict. Load it from a file or by its name.")
    options = study_options(seed, jobs, replications, objective, target, confidence)
    _core.require_parts(loaded._core, options)
    own: dict[str, object] = {}
    if axes is not None:
        grid = grid_of(axes)
        _core.require_sweep(loaded._core, grid, options)
        own = vary_words(grid)
    elif study == "sensitivity":
        _core.require_sensitivity(loaded._core, of or "", against or "", points, options)
        own = question_words(of, against, points)
    words = words_of(study, loaded, {**own, **settings_words(seed, replications, objective, target, confidence)})
    return _core.cluster(engine, words, shards, jobs, os.fspath(output))
