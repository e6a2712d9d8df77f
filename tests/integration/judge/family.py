#!/usr/bin/python3
"""A family of right clients passes every scenario, and each wrong one fails where it must.

    family.py --program build/release/sim/vfstock --scenarios scenarios right|wrong [--all] [NAME...]

Right ones are client.py in different manners; wrong ones are those of mistakes.py. Without --all each plays
a few scenarios, chosen so that together they meet every kind. Exit status: 0 all as it should be; 1 not.
"""
import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import threading

import mistakes

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3 -ESs"
SPEED = "60"  # a panel that is slow is so for a while; nobody learns more from all of it

RIGHT = {
    "plain": "",
    "backwards": "--order reversed --results 50",
    "many-at-once": "--concurrency 4 --results 10",
    "many-at-once-backwards": "--concurrency 4 --order reversed --results 7",
    "tries-again": "--retries 2",
    "remembers": "--cache",
    "remembers-and-keeps-connections": "--cache --keep-alive --results 20",
    "looks-twice": "--confirm again",
    "asks-for-more": "--extra --concurrency 2",
    "reads-the-list": "--list-packages",
    "views-one": "--viewed-only --cache --retries 1",
    "brakes": "--brake",
    "gives-up": "--gives-up",
    "everything": "--concurrency 3 --order reversed --retries 1 --cache --confirm again --extra --results 3",
}
CHOSEN = [
    "first-replay.json",
    "classic/a-mistake-on-the-panel-emptied-every-shelf.json",
    "incidents/a-panel-that-answers-twenty-at-a-time.json",
    "incidents/a-burst-of-twelve-orders.json",
    "incidents/a-wrong-base-url-changes-nothing.json",
    "outages/a-404-page-in-html-keeps-the-qty.json",
    "outages/an-answer-cut-short-keeps-the-qty.json",
    "outages/an-unavailable-package-keeps-the-qty.json",
    "rules/a-missing-package-empties-the-shelf.json",
    "rules/orders-from-before-hold-their-places.json",
    "rules/products-of-another-panel-are-left-alone.json",
    "rules/the-brake-withholds-mass-zeroing.json",
    "rules/the-ceiling-caps-what-is-set.json",
    "incidents/views-of-one-lost-product-starve-no-other.json",
]
LONG = "incidents/a-quiet-year.json"  # thousands of moments: one client is enough


class Judge:
    def __init__(self, options):
        self.program, self.scenarios = options.program, options.scenarios
        self.jobs = options.jobs

    def violations(self, scenario, command, *more):
        """(invariant, verdict, detail) of everything that is found."""
        done = subprocess.run(
            [self.program, "panel", "--scenario", str(self.scenarios / scenario), "--judge", command,
             "--json", "--speed", SPEED, *more], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            return [("none", "broken", f"status {done.returncode}: {done.stderr.strip()[-500:]}")]
        result = json.loads(done.stdout)["scenarios"][0]
        found = [(each["invariant"], each["verdict"], each["detail"]) for each in result["violations"]]
        if bool(found) != (done.returncode == 1):
            found.append(("none", "broken", f"status {done.returncode} with {len(found)} violation(s)"))
        return found

    def everywhere(self):
        files = sorted(self.scenarios.rglob("*.json"))
        named = [file.relative_to(self.scenarios) for file in files if not file.name.endswith(".schema.json")]
        return [str(name) for name in named if name.parts[0] not in ("fleets", "plans", "clients")]


# vfstock sync under each preset, by the rules of that preset. What classic gets wrong is told of it.
SYNC = {preset: f"{HERE.parents[2] / 'scenarios/clients/sync.py'} {{program}} --policy {preset}"
        for preset in ("default", "strict", "classic")}


def sync_cases(judge, options):
    """(name, scenario, command, more): sync as a client, judged by its own preset's rules."""
    scenarios = judge.everywhere() if options.all else CHOSEN[:2] + CHOSEN[7:10]
    for preset, command in SYNC.items():
        name = f"sync-{preset}"
        if options.names and name not in options.names:
            continue
        for scenario in scenarios:
            if scenario == LONG:
                continue
            yield name, scenario, command.format(program=options.program), ["--policy", preset]


def right_cases(judge, options):
    scenarios = judge.everywhere() if options.all else CHOSEN
    # Each manner meets the chosen ones in a row of its own, so that a short run still meets most pairs.
    for number, (name, manner) in enumerate(RIGHT.items()):
        if options.names and name not in options.names:
            continue
        for place, scenario in enumerate(scenarios):
            if scenario == LONG and name != "plain":
                continue
            if options.all or options.names or number == 0 or (place + number) % 3 == 0:
                yield name, scenario, f"{PYTHON} {HERE / 'client.py'} {manner}", []
    yield from sync_cases(judge, options)


def wrong_cases(judge, options):
    for name, kind in mistakes.MISTAKES.items():
        if options.names and name not in options.names:
            continue
        more = ["--judge-count"] if kind.count_matters else []
        for scenario, invariant in kind.fails.items():
            yield name, scenario, invariant, f"{PYTHON} {HERE / 'client.py'} --mistake {name}", more


def judged_right(judge, case):
    name, scenario, command, more = case
    return [f"{name} is blamed in {scenario}: {invariant} {verdict}: {detail}"
            for invariant, verdict, detail in judge.violations(scenario, command, *more)]


def judged_wrong(judge, case):
    name, scenario, invariant, command, more = case
    found = judge.violations(scenario, command, *more)
    if any(each[0] == invariant and each[1] != "broken" for each in found):
        return []
    told = "; ".join(": ".join(each) for each in found) or "passes"
    return [f"{name} must violate {invariant} in {scenario}, but {told}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--scenarios", required=True, type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="every scenario for every right client")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--stop", action="store_true", help="end with the first complaint")
    parser.add_argument("which", choices=("right", "wrong"))
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    judge = Judge(options)
    cases, judged = ((right_cases, judged_right) if options.which == "right" else (wrong_cases, judged_wrong))
    cases = list(cases(judge, options))
    if not cases:
        sys.exit("family.py: there is no such client")
    complaints, over = [], threading.Event()

    def run(case):
        found = [] if over.is_set() else judged(judge, case)
        if found and options.stop:
            over.set()
        return found

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, found in enumerate(pool.map(run, cases), start=1):
            complaints += found
            for complaint in found:
                print(complaint, flush=True)
            if options.all and number % 100 == 0:
                print(f"{number} of {len(cases)}", flush=True)
    clients = len({case[0] for case in cases})
    print(f"{clients} {options.which} clients, {len(cases)} runs, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
