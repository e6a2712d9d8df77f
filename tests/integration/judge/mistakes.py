"""Clients that are wrong in one way each, as somebody's was.

Each is the right client with one thing done otherwise. FAILS names the scenarios under which it must fail
and the invariant that must be told there; `count` ones are about how to count, which is judged where a
policy is stated or with --judge-count.
"""
import json
import os
import signal
import sys

from client import COLUMN_MAX, UNLIMITED, Client, Missing, Unavailable, leading_number, whole

KEEP, ZERO, TRUTH, ROOM = "keep-on-unavailable", "zero-on-missing", "truth-on-found", "provisionable"
PART, FRESH, MANAGED, RANGE = "never-partial", "fresh", "only-managed", "never-negative"
ENDS, ANSWER = "converges", "answer"

MISTAKES = {}


def mistake(fails, count=False):
    """Registers a client under its class's name, with hyphens."""
    def register(kind):
        name = "".join("-" + c.lower() if c.isupper() else c for c in kind.__name__).strip("-")
        kind.fails, kind.count_matters = fails, count
        MISTAKES[name] = kind
        return kind
    return register


def made(name):
    return MISTAKES[name]


OUTAGE = "outages/a-server-error-keeps-the-qty.json"
GONE = "rules/a-missing-package-empties-the-shelf.json"
OFF = "rules/a-disabled-package-empties-the-shelf.json"
PAGES = "incidents/more-hypervisors-than-one-page.json"
TWENTY = "incidents/a-panel-that-answers-twenty-at-a-time.json"


# Doing nothing, or not to the end.

@mistake({OUTAGE: ANSWER, GONE: ANSWER, "first-replay.json": ANSWER})
class SaysNothing(Client):
    def run(self):
        return {}


@mistake({OUTAGE: ANSWER, OFF: ANSWER})
class Fails(Client):
    def run(self):
        sys.exit(3)


@mistake({OUTAGE: ANSWER})
class FailsAtTheEnd(Client):
    def run(self):
        super().run()
        sys.exit(3)


@mistake({OUTAGE: ANSWER})
class IsKilled(Client):
    def run(self):
        os.kill(os.getpid(), signal.SIGKILL)


@mistake({OUTAGE: ENDS})
class AsksAndWritesNothing(Client):
    def run(self):
        super().run()
        return {}


@mistake({"rules/two-products-share-one-group.json": ENDS})
class ForgetsAllButTheFirstProduct(Client):
    def chosen(self):
        return super().chosen()[:1]


@mistake({OUTAGE: ENDS})
class StopsAfterItsFirstRun(Client):
    def run(self):
        mark = os.path.join(os.environ["VFSTOCK_FOLDER"], "done")
        if os.path.exists(mark):
            self.panel.fetch("/connect")
            return {}
        open(mark, "w").close()
        return super().run()


@mistake({OUTAGE: ANSWER})
class PrintsProse(Client):
    def run(self):
        super().run()
        print("all products were updated")
        sys.exit(0)


@mistake({OUTAGE: ANSWER})
class NamesAProductThatIsNotThere(Client):
    def run(self):
        return {**super().run(), 999: 5}


@mistake({OUTAGE: PART})
class WritesWithoutAsking(Client):
    def run(self):
        return {row["id"]: 5 for row in self.chosen()}


@mistake({OUTAGE: PART})
class EmptiesWithoutAsking(Client):
    def run(self):
        return {row["id"]: 0 for row in self.chosen()}


@mistake({OUTAGE: ENDS, "first-replay.json": KEEP})
class IsOneRunLate(Client):
    def run(self):
        file = os.path.join(os.environ["VFSTOCK_FOLDER"], "last.json")
        before = json.load(open(file, encoding="utf-8")) if os.path.exists(file) else {}
        json.dump(super().run(), open(file, "w", encoding="utf-8"))
        return before


@mistake({OUTAGE: ENDS})
class NeverLowers(Client):
    def decide(self, row):
        qty = super().decide(row)
        return None if qty is None else max(qty, row["qty"])


@mistake({GONE: ZERO, OFF: ZERO})
class NeverWritesZero(Client):
    def decide(self, row):
        return super().decide(row) or None


# What is not known.

class WithDefaults(Client):
    """Goes on with something else where an answer cannot be read."""

    package_instead, group_instead = None, None

    def known_package(self, number):
        try:
            return super().known_package(number)
        except (Unavailable, Missing, KeyError, TypeError):
            if self.package_instead is None:
                raise
            return self.package_instead

    def known_group(self, number):
        try:
            return super().known_group(number)
        except (Unavailable, KeyError, TypeError):
            if self.group_instead is None:
                raise
            return self.group_instead


@mistake({OUTAGE: KEEP, "outages/no-answer-keeps-the-qty.json": KEEP,
          "rules/one-unavailable-group-keeps-the-qty.json": KEEP})
class FailureIsAnEmptyGroup(WithDefaults):
    group_instead = []


@mistake({"outages/an-unavailable-package-keeps-the-qty.json": KEEP})
class FailureIsADisabledPackage(WithDefaults):
    package_instead = {"enabled": False}


@mistake({OUTAGE: KEEP})
class FailureIsZero(Client):
    def decide(self, row):
        try:
            return self.qty(row)
        except Unavailable:
            return 0


@mistake({"incidents/a-wrong-base-url-changes-nothing.json": KEEP})
class BelievesEvery404(Client):
    def __init__(self, options):
        super().__init__(options)
        self.panel.believes = lambda path, kind, body: True


@mistake({"outages/a-404-page-in-html-keeps-the-qty.json": KEEP})
class BelievesA404InHtml(Client):
    def __init__(self, options):
        super().__init__(options)
        self.panel.believes = lambda path, kind, body: kind == "text/html"


@mistake({"outages/a-410-keeps-the-qty.json": KEEP})
class Takes410ForGone(Client):
    def __init__(self, options):
        super().__init__(options)
        exchange = self.panel.exchange

        def other(path):
            status, kind, body = exchange(path)
            return (404, "application/json", b'{"msg": "package not found"}') if status == 410 else (status, kind, body)
        self.panel.exchange = other


@mistake({"outages/a-token-without-permission-keeps-the-qty.json": KEEP})
class RefusedIsEmpty(Client):
    def hypervisors(self, group):
        status, _, _ = self.panel.fetch(f"/compute/hypervisors/groups/{group}/resources")
        return [] if status in (401, 403) else super().hypervisors(group)


@mistake({"outages/an-empty-200-keeps-the-qty.json": KEEP,
          "outages/an-html-page-with-200-keeps-the-qty.json": KEEP,
          "outages/text-that-is-not-json-keeps-the-qty.json": KEEP,
          "outages/json-that-stops-half-way-keeps-the-qty.json": KEEP})
class UnreadableIsEmpty(Client):
    def hypervisors(self, group):
        status, _, body = self.panel.fetch(f"/compute/hypervisors/groups/{group}/resources")
        try:
            json.loads(body)
        except ValueError:
            if status == 200:
                return []
        return super().hypervisors(group)


@mistake({"outages/an-error-envelope-with-200-keeps-the-qty.json": KEEP})
class AnEnvelopeWithoutDataIsEmpty(Client):
    def pages(self, group):
        page = self.panel.read(f"/compute/hypervisors/groups/{group}/resources?results=200")
        return super().pages(group) if "data" in page else [{"last_page": 1, "total": 0, "per_page": 1, "data": []}]


@mistake({"outages/a-figure-that-is-null-keeps-the-qty.json": KEEP})
class NullIsZero(Client):
    def fit(self, quota, need, share):
        return super().fit({name: quota[name] or 0 for name in ("max", "free")}, need, share)


@mistake({"outages/a-hypervisor-listed-twice-keeps-the-qty.json": KEEP})
class CountsWhatComesTwice(Client):
    def hypervisors(self, group):
        return [entry for page in self.pages(group) for entry in page["data"]]

    def refuse_shared(self, groups):
        pass


@mistake({OUTAGE: KEEP})
class FallsBackOnAnOldAnswer(Client):
    def decide(self, row):
        file = os.path.join(os.environ["VFSTOCK_FOLDER"], f"{row['id']}.json")
        qty = super().decide(row)
        if qty is not None:
            json.dump(qty, open(file, "w", encoding="utf-8"))
            return qty
        return json.load(open(file, encoding="utf-8")) - 1 if os.path.exists(file) else None


@mistake({"first-replay.json": ANSWER, "incidents/the-shops-own-count-is-overwritten.json": FRESH})
class RemembersForEver(Client):
    def __init__(self, options):
        options.cache = True
        super().__init__(options)
        self.cache.LIFETIMES = {"package": 10**9, "group": 10**9}


# Pages.

@mistake({PAGES: PART, TWENTY: PART})
class ReadsTheFirstPageAlone(Client):
    def hypervisors(self, group):
        return self.panel.read(f"/compute/hypervisors/groups/{group}/resources")["data"]


@mistake({TWENTY: PART})
class LeavesOutTheLastPage(Client):
    def hypervisors(self, group):
        last = self.page(group, 1)["last_page"]
        return [entry for number in range(1, max(2, last)) for entry in self.page(group, number)["data"]]


@mistake({TWENTY: KEEP})
class LeavesOutAPageThatFails(Client):
    def hypervisors(self, group):
        found = []
        for number in range(1, self.page(group, 1)["last_page"] + 1):
            try:
                found += self.page(group, number)["data"]
            except Unavailable:
                continue
        return found


# Counting.

@mistake({"rules/only-eligible-hypervisors-count.json": ROOM})
class CountsEveryHypervisor(Client):
    def eligible(self, entry):
        return True


@mistake({"rules/an-overcommitted-node-takes-nothing.json": ROOM})
class TakesADebtForRoom(Client):
    def fit(self, quota, need, share):
        limit, free = whole(quota["max"], 0), whole(quota["free"]) % 2**32
        if need <= 0 or limit == 0:
            return UNLIMITED
        return max(0, free - -(-limit * share // 1)) // need


@mistake({"first-replay.json": ROOM})
class AddsWhereTheLeastCounts(Client):
    def smallest(self, fits):
        return sum(fits)


@mistake({"first-replay.json": ROOM})
class TakesTheMostOfMemoryAndCores(Client):
    def smallest(self, fits):
        return max(fits)


@mistake({"rules/addresses-cap-a-group.json": ROOM})
class CountsNoAddresses(Client):
    def figure(self, entry):
        return None


@mistake({"rules/addresses-cap-a-group.json": TRUTH}, count=True)
class AddsAddressesUp(Client):
    def address_cap(self, members, addresses):
        return sum((self.figure(entry) or 0) for entry in members) // addresses


@mistake({"rules/the-buffer-is-an-exact-share-of-the-quota.json": TRUTH}, count=True)
class RoundsTheBufferDown(Client):
    def fit(self, quota, need, share):
        limit, free = whole(quota["max"], 0), whole(quota["free"])
        if need <= 0 or limit == 0:
            return UNLIMITED
        return max(0, free - limit * share // 1) // need


@mistake({"first-replay.json": TRUTH})
class KnowsNoLocalStorage(Client):
    def pools(self, resources, profile):
        return super().pools({**resources, "localStorage": None}, profile)


@mistake({"first-replay.json": TRUTH}, count=True)
class HoldsNoBuffer(Client):
    def fit(self, quota, need, share):
        return super().fit(quota, need, 0)


@mistake({"incidents/a-burst-of-twelve-orders.json": TRUTH}, count=True)
class TakesTheBufferOfWhatIsFree(Client):
    def fit(self, quota, need, share):
        limit, free = whole(quota["max"], 0), whole(quota["free"])
        if need <= 0 or limit == 0:
            return UNLIMITED
        return max(0, free - -(-free * share // 1)) // need


@mistake({"rules/the-ceiling-caps-what-is-set.json": TRUTH})
class KnowsNoCeiling(Client):
    def limited(self, total):
        if total == UNLIMITED:
            raise Unavailable("nothing limits it")
        return int(total)


@mistake({"rules/a-storage-code-names-the-pools.json": TRUTH}, count=True)
class TakesStorageCodesForPoolIds(Client):
    def __init__(self, options):
        super().__init__(options)
        self.policy["storage_match"] = "pool-id"


@mistake({"rules/two-locations-add-up.json": PART})
class KnowsOneLocation(Client):
    def qty(self, row):
        self.shop.locations = lambda _: []
        return super().qty(row)


@mistake({"rules/unlimited-quotas-are-left-alone.json": RANGE})
class WritesAHugeNumberForNoLimit(Client):
    def limited(self, total):
        return 10**12 if total == UNLIMITED else super().limited(total)


@mistake({"rules/unlimited-quotas-are-left-alone.json": RANGE})
class WritesMinusOneForNoLimit(Client):
    def limited(self, total):
        return -1 if total == UNLIMITED else super().limited(total)


# Whose rows.

@mistake({"rules/only-managed-products-are-written.json": MANAGED})
class WritesEveryRow(Client):
    def chosen(self):
        return list(self.shop.rows.values())


@mistake({"rules/products-of-another-panel-are-left-alone.json": MANAGED})
class WritesForOtherPanels(Client):
    def qty(self, row):
        self.shop.is_ours = lambda _: True
        return super().qty(row)


@mistake({"rules/a-product-without-a-package-is-left-alone.json": TRUTH})
class EmptiesWhatNamesNoPackage(Client):
    def qty(self, row):
        return super().qty(row) if leading_number(row["configoption2"]) > 0 else 0


@mistake({OFF: ZERO})
class SellsADisabledPackage(Client):
    def package(self, number):
        return {**super().package(number), "enabled": True}


@mistake({GONE: ZERO})
class KeepsWhatIsGone(Client):
    def qty(self, row):
        try:
            self.known_package(leading_number(row["configoption2"]))
        except Missing as error:
            raise Unavailable("gone") from error
        return super().qty(row)


@mistake({"rules/a-missing-group-counts-as-nothing.json": ENDS})
class KeepsWhenAGroupIsGone(Client):
    def known_group(self, number):
        group = super().known_group(number)
        if group is None:
            raise Unavailable("gone")
        return group


@mistake({OUTAGE: RANGE})
class WritesADebt(Client):
    def decide(self, row):
        return -5


@mistake({OUTAGE: RANGE})
class WritesMoreThanTheColumnHolds(Client):
    def decide(self, row):
        return COLUMN_MAX + 1
