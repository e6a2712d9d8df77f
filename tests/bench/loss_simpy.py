#!/usr/bin/python3
"""The plain loss system (100 places, 84.064 erlang) in SimPy: events a second of processor time."""
import random
import time

import simpy

PLACES, ERLANG, CUSTOMERS = 100, 84.064, 200_000


class Loss:
    def __init__(self):
        self.busy = self.lost = self.events = 0
        self.chance = random.Random(1)

    def stay(self, environment):
        yield environment.timeout(self.chance.expovariate(1))
        self.busy -= 1
        self.events += 1

    def arrivals(self, environment):
        for _ in range(CUSTOMERS):
            yield environment.timeout(self.chance.expovariate(ERLANG))
            self.events += 1
            if self.busy < PLACES:
                self.busy += 1
                environment.process(self.stay(environment))
            else:
                self.lost += 1


loss = Loss()
world = simpy.Environment()
world.process(loss.arrivals(world))
begin = time.process_time()
world.run()
spent = time.process_time() - begin
print(f"SimPy: {loss.events / spent / 1e6:.2f} million events/s, {loss.lost / CUSTOMERS:.4f} lost")
