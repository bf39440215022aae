"""Stages of finance, of what can be rented, and of the initial fleet."""
from base import base, instead
from walk import Stage


def walk(reference):
    euros = base(money={"currency": "EUR", "usd": 1.08}, strategies={"a": {"budget": "1e8 EUR"}})
    Stage(reference, ("scenario", "scenario"), euros, "").is_refused("money", None, "EUR is a currency that is not declared")
    stage = Stage(reference, ("scenario", "money"), euros, "money").moves("usd")
    stage.is_refused("currency", "GBP", "EUR is a currency that is not declared")

    finance = base(finance={"discount_rate": 0.08, "accounting_life": "5 yr"})
    Stage(reference, ("scenario", "finance"), finance, "finance").moves("discount_rate").takes("accounting_life", "6 yr")

    entry = ("scenario", "finance")
    earns = {"revenue": {"price": "2.5 USD/h", "decline": "0.1 /yr", "age_decline": "0.1 /yr", "sold": 0.9}}
    stage = Stage(reference, entry, base(finance={**earns, "compute_value": "50 USD/PF-day", "interest": "0.04 /yr"}, supply={"lot": 64}), "finance")
    stage.takes("revenue", None).moves("compute_value", "interest", "revenue.price", "revenue.decline", "revenue.age_decline")
    stage.takes("revenue.on", "serving").takes("revenue.sold", 0.8)
    Stage(reference, entry, base(finance={"revenue": {"compute_price": "150 USD/PF-day"}}), "finance").moves("revenue.compute_price")

    top = Stage(reference, ("scenario", "scenario"), base(strategies={"a": {"rented": 0.3}}, rental={"term": "3 months"}), "")
    top.takes("rental", {"term": "3 months", "rate": "0.6 /yr"})
    entry = ("scenario", "rental")
    rent = {"strategies": {"a": {"rented": 0.3}}}
    stage = Stage(reference, entry, base(rental={"term": "3 months", "rate": "0.5 /yr"}, **rent), "rental")
    stage.takes("term", "6 months").takes("rate", "0.6 /yr")
    price = base(rental={"term": "3 months", "price": "2 USD/h", "accelerator": "H100", "price_decline": "0.2 /yr"}, **rent)
    stage = Stage(reference, entry, price, "rental")
    stage.takes("price", "3 USD/h").takes("accelerator", "B200").takes("price_decline", "0.3 /yr")

    entry = ("scenario", "initial_fleet")
    sites = {"sites": instead(s0={"power": "2 MW", "electricity": "0.02 USD/kWh"}, s1={"power": "20 MW", "electricity": "0.2 USD/kWh"})}
    fleet = [{"accelerator": "H100", "count": 500, "installed": "2025-01-01", "site": "s1"}]
    stage = Stage(reference, entry, base(initial_fleet=fleet, operations={"lifetime": "2 yr"}, **sites), "initial_fleet.0")
    stage.takes("accelerator", "B200").takes("count", 600).takes("installed", "2024-06-01").takes("site", "s0")
    trend = base(hardware=instead(model="trend"), operations=None, initial_fleet=[{"capacity": "1e18 FLOP/s"}])
    Stage(reference, entry, trend, "initial_fleet.0").takes("capacity", "2e18 FLOP/s")
