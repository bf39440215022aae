"""The scenario from which the stages start."""
from walk import merged

YEAR = "1 yr"

BASE = {
    "fleetrace": 1,
    "name": "stage",
    "horizon": {"start": "2026-01-01", "length": "4 yr"},
    "hardware": {"model": "catalog", "accelerators": ["H100", "B200"]},
    "operations": {"mfu": 0.4},
    "sites": {"hall": {"power": "20 MW", "pue": 1.2, "electricity": "0.08 USD/kWh"}},
    "initial_fleet": [{"accelerator": "H100", "count": 1000, "installed": "2025-01-01"}],
    "strategies": {"a": {"buy": "incremental", "budget": "1e8 USD", "every": "3 months"}},
}


def base(**sections):
    """The base with sections laid over it; {"=": True, ...} replaces one, None takes it away."""
    return merged(BASE, sections)


def instead(**section):
    """A section in the place of the one of the base."""
    return {"=": True, **section}
