"""The race of the turtle in winner-map.yaml as a model of SimPy: buys every quarter for 4 years, better chips and algorithms, a life
of 5 years. It knows no power, no prices of energy, no reports and no uncertainty."""
import math

import simpy

YEARS, BUDGET, REVIEWS, LIFE = 4, 1e9, 16, 5
PRICE_PERFORMANCE, CHIPS, ALGORITHMS = 3e10, math.log(2) / 2.07, math.log(2) * 12 / 8
REFERENCE, KAPPA, SECONDS = 9.46728e26, 0.05, 31_557_600


class Fleet:
    def __init__(self):
        self.env = simpy.Environment()
        self.capacity, self.compute, self.since = 0.0, 0.0, 0.0
        self.env.process(self.purchases())
        self.env.run(until=YEARS)
        self.book()
        self.loss = (1 + self.compute / REFERENCE) ** -KAPPA

    def book(self):
        grown = math.exp(ALGORITHMS * self.env.now) - math.exp(ALGORITHMS * self.since)
        self.compute += self.capacity * SECONDS * grown / ALGORITHMS
        self.since = self.env.now

    def purchases(self):
        for _ in range(REVIEWS):
            self.env.process(self.cohort(BUDGET / REVIEWS * PRICE_PERFORMANCE * math.exp(CHIPS * self.env.now)))
            yield self.env.timeout(YEARS / REVIEWS)

    def cohort(self, capacity):
        self.book()
        self.capacity += capacity
        yield self.env.timeout(LIFE)
        self.book()
        self.capacity -= capacity
