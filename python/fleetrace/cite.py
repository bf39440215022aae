"""How to cite a result: the program, the paper whose question it answers, and the data that the scenario used."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple, Sequence

from fleetrace import _core

if TYPE_CHECKING:
    from fleetrace.scenario import Scenario

__all__ = ["Citation", "DataSource"]


class _Work(NamedTuple):
    """A work that sources of data name."""

    pattern: str
    key: str
    authors: str
    title: str
    year: int
    arxiv: str = ""
    where: str = ""


# What the sources of defaults and of the catalog name, by a pattern that finds it in their text.
_WORKS = (
    _Work(r"reference table of accelerators", "epoch_hardware", "{Epoch AI}", "Data on machine learning hardware", 2025,
          where="Compiled with vendor data sheets; CC-BY"),
    _Work(r"AI chip counts|ai-chip-counts", "epoch_chip_counts", "{Epoch AI}", "AI chip counts", 2025, where="CC-BY"),
    _Work(r"training-cost-trends|Hardware prices\.csv", "epoch_training_costs", "{Epoch AI}",
          "Training cost trends: hardware prices", 2024, where="CC-BY"),
    _Work(r"Cottier et al\. 2024", "cottier2024", "Cottier, Ben and others", "The rising costs of training frontier AI models", 2024,
          "2405.21015"),
    _Work(r"Hobbhahn & Besiroglu 2022", "hobbhahn2022", "Hobbhahn, Marius and Besiroglu, Tamay", "Trends in GPU price-performance", 2022,
          where="Epoch AI"),
    _Work(r"Total cost of ownership of a one-gigawatt", "epoch_gigawatt", "{Epoch AI}",
          "Total cost of ownership of a one-gigawatt AI data center", 2026, where="CC-BY"),
    _Work(r"Epoch AI 2025: leading ML hardware", "epoch_efficiency", "{Epoch AI}", "Leading ML hardware gains 1.40x FLOP/s per W a year",
          2025, where="As the program cites it; CC-BY"),
    _Work(r"Besiroglu et al\. 2024", "besiroglu2024", "Besiroglu, Tamay and others", "Chinchilla scaling: a replication attempt", 2024,
          "2404.10102"),
    _Work(r"Hoffmann et al\. 2022", "hoffmann2022", "Hoffmann, Jordan and others",
          "Training compute-optimal large language models", 2022, "2203.15556"),
    _Work(r"Kaplan et al\. 2020", "kaplan2020", "Kaplan, Jared and others", "Scaling laws for neural language models", 2020, "2001.08361"),
    _Work(r"Ho et al\. 2024", "ho2024", "Ho, Anson and others", "Algorithmic progress in language models", 2024, "2403.05812"),
    _Work(r"Muennighoff et al\. 2023", "muennighoff2023", "Muennighoff, Niklas and others",
          "Scaling data-constrained language models", 2023, "2305.16264"),
    _Work(r"Llama Team 2024", "llama2024", "{Llama Team}", "The Llama 3 herd of models", 2024, "2407.21783"),
    _Work(r"Erdil and Schneider-Joseph 2024", "erdil2024", "Erdil, Ege and Schneider-Joseph, David",
          "Data movement limits to frontier model training", 2024, "2411.01137"),
    _Work(r"Erdil 2024, Epoch AI", "erdil_runs", "Erdil, Ege", "Data movement bottlenecks to large-scale model training: scaling past 1e28 FLOP", 2024,
          where="Epoch AI"),
    _Work(r"Villalobos et al\. 2024", "villalobos2024", "Villalobos, Pablo and others", "Will we run out of data? Limits of LLM scaling based on human-generated data", 2024, "2211.04325"),
    _Work(r"Trading off compute in training and inference", "villalobos2023", "Villalobos, Pablo and Atkinson, David",
          "Trading off compute in training and inference", 2023, where="Epoch AI"),
    _Work(r"arXiv:2412\.19437", "deepseek2024", "{DeepSeek-AI}", "DeepSeek-V3 technical report", 2024, "2412.19437"),
    _Work(r"IEA, Electricity 2025", "iea2025", "{International Energy Agency}", "Electricity 2025", 2025),
    _Work(r"DGX SuperPOD reference architecture", "nvidia_superpod", "{NVIDIA}", "DGX SuperPOD reference architecture (H100)", 2023),
    _Work(r"Kokolis et al\. 2025", "kokolis2025", "Kokolis, Apostolos and others",
          "Revisiting reliability in large-scale machine learning research clusters", 2025, "2410.21680", where="HPCA"),
)
_PAPER = _Work("", "lu2025", "Lu, Chien-Ping",
               "The race to efficiency: a new perspective on AI scaling laws", 2025, "2501.02156")


class DataSource(NamedTuple):
    """Where numbers of the scenario come from: `text` as the catalog or the default has it, the `licence` of the data where that names
    one, and the paths of what it gave, such as "H100.price"; `unverified` are those of them that nobody has checked against the source."""

    text: str
    licence: str
    gave: tuple[str, ...]
    unverified: tuple[str, ...] = ()


class Citation:
    """What a paper has to say about a result. str() is the whole of it; `bibtex` is for the bibliography.

    >>> import fleetrace as ft
    >>> c = ft.run("hare-and-turtle").cite()
    >>> c.licences
    ['CC-BY']
    >>> "arXiv:2501.02156" in str(c), "@misc{cottier2024," in c.bibtex
    (True, True)
    """

    def __init__(self, scenario: Scenario | None) -> None:
        self.version: str = _core.version
        self.git_hash: str = _core.git_hash
        self.scenario: str | None = None if scenario is None else scenario.name
        self.scenario_hash: str | None = None if scenario is None else scenario.hash
        gave: dict[str, dict[str, bool]] = {}
        if scenario is not None:
            for text, path, is_verified in _core.sources(scenario._core):
                if not re.match(r"(the team's )?assumption|convention", text):
                    gave.setdefault(text, {})[path] = is_verified
        self.sources = [DataSource(text, _licence(text), tuple(paths), tuple(path for path, checked in paths.items() if not checked))
                        for text, paths in gave.items()]

    @property
    def licences(self) -> list[str]:
        """The licences that any source names."""
        return sorted({source.licence for source in self.sources if source.licence})

    @property
    def bibtex(self) -> str:
        """BibTeX of the program, the paper and the data; one entry each. Where figures were taken from the source line of the catalog or
        of a default, and nobody has checked them against the work itself, the `note` of its entry says so and names them."""
        program = ("@software{fleetrace,\n  author = {{The fleetrace maintainers}},\n  title = {fleetrace: a simulator of GPU fleets},\n"
                   f"  version = {{{self.version}}},\n  note = {{Apache-2.0, commit {self.git_hash}}},\n  year = {{2026}}\n}}")
        entries = [program, _entry(_PAPER)]
        for work in _WORKS:
            gave = [source for source in self.sources if re.search(work.pattern, source.text)]
            if gave:
                entries.append(_entry(work, [path for source in gave for path in source.unverified]))
        return "\n\n".join(entries) + "\n"

    def __str__(self) -> str:
        lines = [f"fleetrace {self.version}, commit {self.git_hash}; after C.-P. Lu, The race to efficiency, arXiv:2501.02156"]
        if self.scenario is not None:
            lines.append(f"scenario {self.scenario}, SHA-256 {self.scenario_hash}")
        if self.sources:
            lines.append("data:")
        for source in self.sources:
            marked = source.licence in source.text
            unchecked = f"; not checked against it: {_named(source.unverified)}" if source.unverified else ""
            lines.append(f"  {source.text}{'' if marked else f' ({source.licence})'}: {_named(source.gave)}{unchecked}")
        return "\n".join(lines) + "\n\n" + self.bibtex

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def __repr__(self) -> str:
        return f"<Citation of fleetrace {self.version} and {len(self.sources)} sources>"


def _licence(text: str) -> str:
    """The licence of the data that a source names: all of Epoch AI is CC-BY. Figures that are quoted from a paper have none."""
    return "CC-BY" if re.search(r"CC-BY|Epoch AI|reference table of accelerators", text) else ""


def _named(paths: Sequence[str]) -> str:
    """The first of several paths, and how many more there are."""
    return ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _entry(work: _Work, unverified: Sequence[str] = ()) -> str:
    """The entry of a work; `unverified` are the figures of it that nobody has checked in the work itself."""
    fields = [f"author = {{{work.authors}}}", f"title = {{{work.title}}}", f"year = {{{work.year}}}"]
    if work.arxiv:
        fields += [f"eprint = {{{work.arxiv}}}", "archivePrefix = {arXiv}"]
    notes = [work.where] if work.where else []
    if unverified:
        notes.append("Unverified: taken from the source line of the catalog or the default, not from the work itself: "
                     + re.sub(r"([_#&%$])", r"\\\1", _named(unverified)))
    if notes:
        fields.append(f"note = {{{'. '.join(notes)}}}")
    return f"@misc{{{work.key},\n  " + ",\n  ".join(fields) + "\n}"
