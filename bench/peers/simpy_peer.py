#!/usr/bin/env python3
"""SimPy with a process for each thing that waits, as its documentation has it. The work is that of workload.hpp."""
import math
import sys
import time

import simpy

YEAR = 31_557_600_000
MASK = (1 << 64) - 1


class Random:
    def __init__(self):
        self.state = 88_172_645_463_325_252

    def next(self):
        x = self.state
        x ^= (x << 13) & MASK
        x ^= x >> 7
        x ^= (x << 17) & MASK
        self.state = x
        return x

    def exponential(self, mean):
        return int(-math.log(((self.next() >> 11) + 0.5) * 2.0**-53) * mean)


def hold(pending, events):
    random = Random()
    distances = [random.exponential(31_557_600_000.0) for _ in range(65_536)]
    env = simpy.Environment()
    state = {"digest": 0, "left": events}
    done = env.event()

    def event(number):
        while True:
            yield env.timeout(distances[random.next() >> 48])
            state["digest"] = (state["digest"] * 31 + number) & MASK
            state["left"] -= 1
            if state["left"] == 0:
                done.succeed()
                return

    for number in range(pending):
        env.process(event(number))
    begun = time.process_time()
    env.run(until=done)
    return time.process_time() - begun, events, f"{state['digest']:016x}"


class Fleet:
    def __init__(self, devices):
        self.env = simpy.Environment()
        self.random = Random()
        self.working, self.since, self.up, self.failures, self.repairs, self.years = devices, 0, 0.0, 0, 0, 0
        for _ in range(devices):
            self.env.process(self.device())
        self.env.process(self.year())

    def count(self):
        self.up += self.working * float(self.env.now - self.since)
        self.since = self.env.now

    def device(self):
        while True:
            yield self.env.timeout(self.random.exponential(5_844 * 3.6e6))
            self.count()
            self.working -= 1
            self.failures += 1
            yield self.env.timeout(self.random.exponential(72 * 3.6e6))
            self.count()
            self.working += 1
            self.repairs += 1

    def year(self):
        while True:
            yield self.env.timeout(YEAR)
            self.count()
            self.years += 1

    def run(self):
        self.env.run(until=10 * YEAR)
        self.count()


def fleets(devices, replications):
    begun = time.process_time()
    events, failures, up = 0, 0, 0.0
    for _ in range(replications):
        fleet = Fleet(devices)
        fleet.run()
        events += fleet.failures + fleet.repairs + fleet.years
        failures += fleet.failures
        up += fleet.up / YEAR
    return time.process_time() - begun, events, f"failures={failures},up={up:.3f}"


def main():
    name, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    seconds, events, digest = hold(size, count) if name == "hold" else fleets(size, count)
    with open("/proc/self/status") as status:  # getrusage would count whoever started it
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024
    print(f"{seconds * 1e9 / events:.2f} {events} {peak:.1f} {digest}")


main()
