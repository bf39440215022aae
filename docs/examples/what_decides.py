"""what_decides.py FOLDER A B: what makes strategy A better than B, draw by draw.

FOLDER holds the results of `fleetrace compare SCENARIO --output FOLDER`.
"""
import sqlite3
import sys

import pandas

folder, a, b = sys.argv[1:]
database = sqlite3.connect(f"file:{folder}/results.sqlite?mode=ro", uri=True)

# One row a replication: all strategies ran on the same draw, so their losses can be subtracted.
losses = pandas.read_sql("SELECT replication, strategy, final_loss FROM replications", database)
losses = losses.pivot(index="replication", columns="strategy", values="final_loss")
difference = losses[a] - losses[b]
print(f"{a} - {b}: {difference.mean():.5f} on average, {(difference < 0).mean():.1%} of draws in favour of {a}")

# The inputs of each replication, one column an input, whose name ends in its unit.
draws = pandas.read_sql("SELECT * FROM draws", database, index_col="replication")
rank_correlation = draws.rank().corrwith(difference.rank()).sort_values(key=abs, ascending=False)
print(rank_correlation.round(2).rename_axis("rank correlation with the difference").to_string())
