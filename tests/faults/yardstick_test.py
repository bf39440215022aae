"""Every future, point, draw and step of a study is measured against the C0 of the scenario as it is written."""
from program import check, close, run, run_json

KAPPA = 0.05
SCENARIO = "moving-yardstick"


def what_if(*options):
    """The futures of a what-if by name."""
    result = run_json("whatif", SCENARIO, *options)[0]
    return {future["name"]: future for future in result["futures"]}


def measure(future, name):
    return future["strategies"][0]["measures"][name]["value"]


def loss(effective, reference):
    """All useful compute since the start on top of the reference: (1 + C/C0)^-kappa."""
    return (1 + effective / reference) ** -KAPPA


# The base: 1,000 H100 of 989.4 TFLOP/s at an MFU of 0.4 do 1000 x 9.894e14 x 0.4 x 31,557,600 s = 1.249e25 FLOP a year, the C0.
# 5,026 more from the second year on, for three years: C = (4 x 1000 + 3 x 5026)/1000 C0 = 19.078 C0.
base = run_json("run", SCENARIO)[1]["plan"]["final"]
C0 = base["reference_compute_flop"]
close(C0, 1000 * 9.894e14 * 0.4 * 31557600, "C0 of the base", 1e-3)
close(base["effective_compute_flop"], 19.078 * C0, "compute of the base")
close(base["relative_loss"], 20.078 ** -KAPPA, "final loss of the base")  # 0.86072

# Half the MFU is half of the compute: C = 9.539 C0, so that the loss is 10.539^-0.05 = 0.88891.
# Four times the initial fleet is 3 x 4 C0 more: C = 31.078 C0, so that the loss is 32.078^-0.05 = 0.84078.
futures = what_if()
half, more = futures["half-mfu"], futures["more-fleet"]
close(measure(half, "final_loss"), 10.539 ** -KAPPA, "final loss at half the MFU")
close(measure(more, "final_loss"), 32.078 ** -KAPPA, "final loss with four times the initial fleet")
close(measure(half, "effective_compute"), 9.539 * C0, "compute at half the MFU")
for future in futures.values():
    close(future["reference_compute_flop"], C0, f"C0 of {future['name']}")
    close(measure(future, "final_loss"), loss(measure(future, "effective_compute"), C0), f"final loss of {future['name']}")
close(half["strategies"][0]["measures"]["effective_compute"]["relative_difference"], -0.5, "what half the MFU leaves")
close(half["strategies"][0]["measures"]["cost_per_effective_compute"]["relative_difference"], 1, "what half the MFU costs")

# It leads with what moved, in things that have a size.
LEAD = "half-mfu raises the final loss by 3.3 % (0.861 to 0.889). Effective compute: -50 %. USD per PF-day: +100 %."
check(half["answer"] == LEAD, f"JSON leads with {half['answer']!r}")
check(" ".join(run("whatif", SCENARIO, "--case", "half-mfu")[0].split("\n\n")[0].split()) == LEAD,
      "the table leads with something else")

# The same change by --set in a what-if, as a point of a sweep and as a step of solve.
close(measure(what_if("--set", "operations.mfu=0.2")["changed"], "final_loss"), 10.539 ** -KAPPA, "final loss by --set")
points = run_json("sweep", SCENARIO, "--vary", "operations.mfu=0.2,0.4,0.8")[0]["points"]
for point, times in zip(points, (0.5, 1, 2)):
    close(point["strategies"][0]["mean"], (1 + times * 19.078) ** -KAPPA, f"the point at {times} times the MFU")
solved = run_json("solve", SCENARIO, "--for", "operations.mfu", "--until", "relative_loss <= 0.8889146")[0]
close(solved["best"]["value"], 0.2, "the MFU that a loss takes", 1e-4)

# `own` is the other reading: each future against its own first year, which half the MFU halves, too.
own = what_if("--set", "loss.reference=own", "--set", "operations.mfu=0.2")["changed"]
close(own["reference_compute_flop"], C0 / 2, "C0 of a future that is measured against its own first year")
close(measure(own, "final_loss"), 20.078 ** -KAPPA, "final loss against its own first year")

# A run with --set is a scenario of its own, and says its C0.
alone = run_json("run", SCENARIO, "--set", "operations.mfu=0.2")[1]["plan"]["final"]
close(alone["reference_compute_flop"], C0 / 2, "C0 of a run with --set")
check("C0 = one year of the initial fleet = 6.24e24 FLOP" in
      " ".join(run("run", SCENARIO, "--set", "operations.mfu=0.2")[0].split()), "a run with --set does not say its C0")

# MFU decides alone, so that its index is 1; it was 0 when each draw was measured against its own first year. Draws are measured
# against the C0 at the median MFU of 0.35.
UNCERTAIN = ("--set", "operations.mfu={uniform: {low: 0.2, high: 0.5}}")
found = run_json("sensitivity", SCENARIO, *UNCERTAIN, "--points", "64")[0]
index = found["inputs"][0]
check(abs(index["total"]["value"] - 1) < 0.05 and found["sd"] > 1e-3, f"the Sobol index of MFU is {index}")
compared = run_json("compare", SCENARIO, *UNCERTAIN, "--replications", "100")[1]["plan"]
check(0 < compared["sd"] < 0.02, f"the loss does not vary with the MFU: {compared}")
drawn = run_json("run", SCENARIO, *UNCERTAIN, "--replication", "3")[1]["plan"]["final"]
close(drawn["reference_compute_flop"], C0 * 0.35 / 0.4, "C0 of a draw")
close(drawn["relative_loss"], loss(drawn["effective_compute_flop"], C0 * 0.35 / 0.4), "final loss of a draw")
