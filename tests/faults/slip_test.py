"""What a year's slip costs, by hand: the numbers of docs/capacity.md, from what the catalog and the scenario say."""
import json
import pathlib

from program import call, check, close

ROOT = pathlib.Path(__file__).resolve().parents[2]
PF_DAY = 8.64e19  # FLOP
YEAR, DAY = 31_557_600.0, 86_400.0  # s
COUNT, INITIAL = 10_000, 1_000
FLOPS = 9.894e14 * 0.4  # useful, of an H100
PRICE = 33_600 * 1.64 / (1 - 0.19)  # with its share of server and network
KILOWATT = 1.275 * 0.75
TARIFF = 0.08

result = json.loads(call("whatif", str(ROOT / "docs/examples/slip.yaml"), "--format", "json", "--quiet")[0])
base, late = (each["strategies"][0]["measures"] for each in result["futures"])

# The connection opens on 2027-01-01, or 365.25 days later; the horizon ends 1,096 days after it should have opened.
on_time, slipped = 1096 * DAY, 1096 * DAY - YEAR
lost = COUNT * FLOPS * YEAR
close(-late["effective_compute"]["difference"], lost, "the compute that is lost")
close(lost / PF_DAY, 1_445_513, "PF-days of the document", 1e-6)
everything = INITIAL * FLOPS * 1461 * DAY
close(base["effective_compute"]["value"], everything + COUNT * FLOPS * on_time, "compute on time")
close(late["effective_compute"]["value"], everything + COUNT * FLOPS * slipped, "compute a year late")

energy = COUNT * KILOWATT * YEAR / 3600
close(-late["energy"]["difference"], energy, "the energy that is not used")
close(-late["spend"]["difference"], energy * TARIFF, "the electricity that is not paid")
close(late["idle_accelerators"]["difference"], COUNT, "accelerator-years that wait")

costs = []
for measures, seconds in ((base, on_time), (late, slipped)):
    usd = COUNT * (PRICE + KILOWATT * seconds / 3600 * TARIFF)
    costs.append(usd / (COUNT * FLOPS * seconds / PF_DAY))
    close(measures["cost_per_effective_compute"]["value"], costs[-1], "USD per PF-day")
close(lost / PF_DAY * costs[0], 233.4e6, "the slip in dollars", 2e-4)

reference = INITIAL * FLOPS * YEAR
for measures in (base, late):
    close(measures["final_loss"]["value"], (1 + measures["effective_compute"]["value"] / reference) ** -0.05, "the final loss")

# The document says these numbers, and no others.
text = (ROOT / "docs/capacity.md").read_text(encoding="utf-8")
said = text[text.index("## What does a year's slip cost?"):text.index("## The value of one more")]
for number in (f"{lost / PF_DAY:,.0f} PF-days are lost", f"{base['effective_compute']['value'] / PF_DAY:,.0f}", f"{PRICE:,.2f} USD",
               f"{COUNT * PRICE / 1e6:.1f} M USD of capital", f"{energy / 1e6:.2f} GWh", f"{energy * TARIFF / 1e6:.2f} M USD not spent",
               f"{costs[0]:.2f} USD each", f"{costs[1]:.2f} USD each", f"{lost / PF_DAY * costs[0] / 1e6:.1f} M USD",
               f"{reference / PF_DAY:,.0f} PF-days", f"{late['effective_compute']['value'] / PF_DAY:,.0f}"):
    check(number in said, f"docs/capacity.md does not say {number}")
