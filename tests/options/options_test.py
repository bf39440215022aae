"""Every option of the reference changes something where its section is in use, or is warned about.

Stages are scenarios in which the options of an entry matter. What does not bind at the values tried is said with its reason, and
must not bind. An option that no stage changes fails the test, so that new ones join in.
"""
import sys

import stages_fleet
import stages_models
import stages_money
import stages_purchase
import stages_studies
from walk import Reference

# Names and words for people: no figure depends on them.
WORDS = {("scenario", "scenario", key) for key in ("fleetrace", "name", "description", "live")}
WORDS.add(("scenario", "money", "price_year"))

reference = Reference()
for module in (stages_models, stages_fleet, stages_money, stages_purchase, stages_studies):
    module.walk(reference)
left = sorted(reference.open - WORDS)
for each in left:
    reference.faults.append(f"no stage changes {' '.join(each[:2])}: {each[2]}")
if reference.faults:
    sys.exit("\n".join(reference.faults) + f"\n{len(reference.faults)} faults")
