#!/usr/bin/python3 -ESs
"""A stock client to be judged: right by itself, in many manners, or wrong in one way.

It knows the shop from VFSTOCK_SHOP, counts as VFSTOCK_POLICY says, and prints the qty of each product that
it could decide. The manners below change how it asks and never what it finds. --mistake NAME makes one of
the mistakes of mistakes.py.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import re
import sys
import urllib.parse
from fractions import Fraction

COLUMN_MAX = 2147483647
PAGES_MAX = 500
UNLIMITED = float("inf")


class Unavailable(Exception):
    """Nobody knows: neither a value nor its absence."""


class Unlimited(Unavailable):
    """Everything was read, and nothing limits it."""


class Missing(Exception):
    """The panel says that there is no such record, and is to be believed."""


def leading_number(text):
    """As the shop's text columns are read: "3|London" is 3, "London" is 0."""
    found = re.match(r"[ \t\n\v\f\r]*([+-]?[0-9]+)", text)
    return int(found.group(1)) if found else 0


def buffer_share(text):
    """A decimal number of percent; anything else is 10."""
    text = text.strip(" \t\n\v\f\r")
    good = re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", text)
    return min(max(Fraction(text) if good else Fraction(10), Fraction(0)), Fraction(100)) / 100


def whole(value, least=None):
    """A whole number as the panel writes it: 7, 7.0 or "7"."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+", value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53:
        raise Unavailable(f"{value!r} is no whole number")
    if least is not None and value < least:
        raise Unavailable(f"{value} is less than {least}")
    return value


def flag(value):
    if value not in (0, 1):
        raise Unavailable(f"{value!r} is no flag")
    return bool(value)


def part(record, name):
    """A part that may be absent, which panels also write as null, [] or {}."""
    return record.get(name) or None


def stage(value):
    """Commissioned: a flag, or a stage of which 3 is ready."""
    return value == 3 if value in (2, 3) and not isinstance(value, bool) else flag(value)


def host_name(text):
    """A host as people write it, without scheme, path, port and blanks."""
    return text.strip().lower().split("://")[-1].split("/")[0].split(":")[0]


def texts(value):
    """Every text below a value."""
    if isinstance(value, str):
        return [value.lower()]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in parts for text in texts(each)]


def names_a_record(document):
    """Whether a 404's body is an API's word about a record, and not about a route or from elsewhere."""
    known = {"msg", "message", "errors", "success", "exception", "file", "line", "trace"}
    if not isinstance(document, dict) or not set(document) <= known:
        return False
    own, framework = texts(document.get("msg")), texts(document.get("message")) + texts(document.get("errors"))
    other = ("route", "page", "url", "endpoint", "method", "upstream", "backend", "gateway", "host", "domain",
             "maintenance")
    if any(word in text for text in own + framework for word in other):
        return False
    records = ("package", "group", "hypervisor", "record", "no query results for model")
    return any(text.strip() for text in own) or any(word in text for text in framework for word in records)


def is_troubled(document):
    """Whether an answer to GET /connect speaks of an error, a message or maintenance."""
    if isinstance(document, dict):
        return any(re.search("error|maintenance|exception|message|^msg$", name.lower()) or is_troubled(value)
                   for name, value in document.items())
    if isinstance(document, list):
        return any(is_troubled(value) for value in document)
    return isinstance(document, str) and bool(re.search("error|maintenance|exception", document.lower()))


def once(pairs):
    """Of a key that stands twice nobody knows which one is meant."""
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("a key stands twice")
    return record


def no_constant(text):
    raise ValueError(f"{text} is no JSON")


class Shop:
    """The products that it may write, from the shop's tables."""

    def __init__(self, tables, policy):
        self.rows = {row["id"]: row for row in tables["tblproducts"]}
        self.tables, self.policy = tables, policy
        self.waiting = tables["tblhosting"]

    def managed(self, row):
        return row["servertype"] == "VirtFusionDirect" and row["stockcontrol"] == 1

    def is_ours(self, row):
        servers = {server["id"]: host_name(server["hostname"]) for server in self.tables["tblservers"]}
        hosts = {servers[link["serverid"]] for link in self.tables["tblservergroupsrel"]
                 if link["groupid"] == row["servergroup"]}
        # Without a group of its own any server of the shop may serve it.
        hosts = hosts or set(servers.values())
        if not hosts:
            return True
        panel = host_name(self.policy["panel_host"])
        return len(hosts) == 1 and (not panel or hosts == {panel})

    def locations(self, row):
        gids = {link["gid"] for link in self.tables["tblproductconfiglinks"] if link["pid"] == row["id"]}
        for option in self.tables["tblproductconfigoptions"]:
            if option["gid"] not in gids or option["optionname"].split("|")[0] != self.policy["location_option"]:
                continue
            for value in self.tables["tblproductconfigoptionssub"]:
                if value["configid"] == option["id"]:
                    yield leading_number(value["optionname"])

    def groups(self, row):
        ids = [leading_number(row["configoption1"]), *self.locations(row)]
        return list(dict.fromkeys(number for number in ids if number > 0))

    def addresses(self, row):
        written = leading_number(row["configoption3"])
        if written >= 1:
            return written
        free = self.policy["ipv4_zero"] == "none" and written == 0 and row["configoption3"].strip()
        return None if free else 1

    def chosen_group(self, service):
        values = {value["id"]: value["optionname"] for value in self.tables["tblproductconfigoptionssub"]}
        for choice in self.tables["tblhostingconfigoptions"]:
            if choice["relid"] == service["id"] and choice["optionid"] in values:
                return leading_number(values[choice["optionid"]])
        return 0


class Panel:
    """The panel as this client asks it: bytes in, records out, and nothing believed that is not whole."""

    def __init__(self, options):
        self.options = options
        self.base = urllib.parse.urlsplit(os.environ["VFSTOCK_PANEL_URL"])
        self.token = os.environ["VFSTOCK_PANEL_TOKEN"]
        self.kept = None

    def connection(self):
        return http.client.HTTPConnection(self.base.hostname, self.base.port, timeout=self.options.timeout)

    def exchange(self, path):
        """Status, media type and body of an answer that arrived whole."""
        connection = self.kept or self.connection()
        if self.options.keep_alive:
            self.kept = connection
        try:
            connection.request("GET", self.base.path + path, headers={
                "Authorization": "Bearer " + self.token, "Accept": "application/json"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.headers.get("Content-Encoding", "identity") != "identity":
                raise Unavailable(f"{path}: an encoding that nobody asked for")
            if not answer.chunked and answer.headers.get("Content-Length") is None and answer.status == 200:
                raise Unavailable(f"{path}: an answer without an end")
            lengths = answer.headers.get_all("Content-Length") or []
            if len(lengths) + answer.chunked > 1:
                raise Unavailable(f"{path}: an answer with two ends")
            return answer.status, answer.headers.get_content_type(), body
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.kept = None
            raise Unavailable(f"{path}: {error}") from error
        finally:
            if self.kept is None:
                connection.close()

    def fetch(self, path):
        for attempt in range(self.options.retries + 1):
            try:
                status, kind, body = self.exchange(path)
                if status < 500 or attempt == self.options.retries:
                    return status, kind, body
            except Unavailable:
                if attempt == self.options.retries:
                    raise
        raise AssertionError("unreachable")

    def parse(self, path, status, kind, body):
        if status != 200 or kind != "application/json":
            raise Unavailable(f"{path}: {status} {kind}")
        try:
            return json.loads(body.decode("utf-8"), object_pairs_hook=once, parse_constant=no_constant)
        except (ValueError, RecursionError) as error:
            raise Unavailable(f"{path}: {error}") from error

    def read(self, path, may_be_missing=True):
        status, kind, body = self.fetch(path)
        if status == 404 and may_be_missing and self.believes(path, kind, body):
            raise Missing(path)
        return self.parse(path, status, kind, body)

    def believes(self, path, kind, body):
        """Whether this 404 means that there is no such record."""
        if kind != "application/json":
            return False
        try:
            if not names_a_record(self.parse(path, 200, kind, body)):
                return False
        except Unavailable:
            return False
        if self.options.confirm == "again":
            status, kind, _ = self.fetch(path)
            if status != 404 or kind != "application/json":
                return False
        status, kind, body = self.fetch("/connect")
        try:
            document = self.parse("/connect", status, kind, body)
        except Unavailable:
            return False
        return isinstance(document, (dict, list)) and not is_troubled(document)


class Client:
    def __init__(self, options):
        self.options = options
        self.policy = json.loads(os.environ["VFSTOCK_POLICY"])
        self.shop = Shop(json.load(open(os.environ["VFSTOCK_SHOP"], encoding="utf-8"))["shop"], self.policy)
        self.panel = Panel(options)
        self.cache = Cache(options)
        self.unread = set()

    # What the panel has.

    def package(self, number):
        if self.options.list_packages:
            listed = self.panel.read("/packages", may_be_missing=False)["data"]
            record = next((each for each in listed if whole(each["id"]) == number), None)
            if record is None:
                raise Missing(f"package {number}")
        else:
            record = self.panel.read(f"/packages/{number}")["data"]
        if whole(record["id"]) != number:
            raise Unavailable("another package came")
        needs = {name: whole(record[name], 1) for name in ("memory", "cpuCores", "primaryStorage")}
        profile = whole(record["primaryStorageProfile"])
        return {"enabled": flag(record["enabled"]), "primaryStorageProfile": profile, **needs}

    def page(self, group, number):
        page = self.panel.read(f"/compute/hypervisors/groups/{group}/resources"
                               f"?results={self.options.results}&page={number}", may_be_missing=number == 1)
        for name in ("current_page", "last_page", "per_page", "total"):
            if isinstance(page[name], (str, bool)):
                raise Unavailable(f"group {group}: {name} is no number")
            whole(page[name], 0 if name == "total" else 1)
        due = f"/compute/hypervisors/groups/{group}/resources"
        for name in ("path", "first_page_url", "last_page_url", "next_page_url", "prev_page_url"):
            if isinstance(page.get(name), str) and not page[name].split("?")[0].endswith(due):
                raise Unavailable(f"group {group}: {name} is another address")
        if page["current_page"] != number or page["last_page"] > PAGES_MAX:
            raise Unavailable(f"group {group}: page {number} came as {page['current_page']}")
        return page

    def pages(self, group):
        first = self.page(group, 1)
        rest = list(range(2, first["last_page"] + 1))
        if self.options.order == "reversed":
            rest.reverse()
        if self.options.concurrency > 1 and rest:
            with concurrent.futures.ThreadPoolExecutor(self.options.concurrency) as pool:
                others = list(pool.map(lambda number: self.page(group, number), rest))
        else:
            others = [self.page(group, number) for number in rest]
        return [first, *sorted(others, key=lambda page: page["current_page"])]

    def hypervisors(self, group):
        """Each hypervisor of the group once, on pages that agree with each other."""
        pages = self.pages(group)
        figures = {(page["last_page"], page["total"], page["per_page"]) for page in pages}
        found = [entry for page in pages for entry in page["data"]]
        ids = {whole(entry["hypervisor"]["id"]) for entry in found}
        if len(figures) != 1 or len(ids) != len(found) or len(found) != pages[0]["total"]:
            raise Unavailable(f"group {group}: its pages contradict each other")
        if any(len(page["data"]) != page["per_page"] for page in pages[:-1]):
            raise Unavailable(f"group {group}: a page is not full")
        return found

    # How much of it.

    def fit(self, quota, need, share):
        limit, free = whole(quota["max"], 0), whole(quota["free"])
        if need <= 0 or limit == 0:
            return UNLIMITED
        if free > limit:
            raise Unavailable("more is free than there is")
        if part(quota, "allocated") is not None:
            free = min(free, limit - whole(quota["allocated"]))
        return max(0, free - -(-limit * share // 1)) // need

    def pools(self, resources, profile):
        local = part(resources, "localStorage")
        others = [pool for pool in part(resources, "otherStorage") or [] if pool]
        match = self.policy["storage_match"]
        for pool, is_local in [*([(local, True)] if local else []), *((each, False) for each in others)]:
            if not flag(pool["enabled"]):
                continue
            kind = whole(pool["storageType"])
            if profile <= 0:
                fits = is_local
            elif match == "pool-id":
                fits = not is_local and whole(pool["id"]) == profile
            else:
                fits = kind == profile and not (is_local and match == "storage-type-other")
            if fits:
                yield pool

    def eligible(self, entry):
        record = entry["hypervisor"]
        return flag(record["enabled"]) and stage(record["commissioned"]) and not flag(record["prohibit"])

    def places(self, entry, package, share):
        if not self.eligible(entry):
            return 0
        resources = entry["resources"]
        fits = [self.fit(resources["memory"], package["memory"], share),
                self.fit(resources["cpuCores"], package["cpuCores"], share),
                max((self.fit(pool, package["primaryStorage"], share)
                     for pool in self.pools(resources, package["primaryStorageProfile"])), default=0)]
        slots = resources.get("servers")
        if self.policy["server_slots"] == "enforce" and whole(slots["max"], 0) > 0:
            fits.append(max(0, whole(slots["free"])))
        return self.smallest(fits)

    def smallest(self, fits):
        return min(fits)

    def figure(self, entry):
        try:
            free = entry["resources"]["network"]["total"]["ipv4"]["free"]
        except (KeyError, TypeError):
            return None
        return None if free is None else max(0, whole(free))

    def count_group(self, members, package, share, addresses):
        total = sum(self.places(entry, package, share) for entry in members)
        if addresses is None or all(self.figure(entry) is None for entry in members):
            return total
        return min(total, self.address_cap(members, addresses))

    def address_cap(self, members, addresses):
        return max(((self.figure(entry) or 0) // addresses for entry in members if self.eligible(entry)),
                   default=0)

    def count_nested(self, groups, package, share, addresses):
        steps = sorted(((self.figure(entry) or 0) // addresses, self.places(entry, package, share))
                       for members in groups.values() for entry in members if self.eligible(entry))
        total = 0
        for addressable, fits in steps:
            total = min(total + fits, addressable)
        return total

    def taken(self, package, addresses, groups):
        """Places that orders without a server yet may claim in these groups."""
        places = 0
        for service in self.shop.waiting:
            row = self.shop.rows.get(service["packageid"])
            if not self.policy["reserve_pending"] or row is None or not self.is_young(service):
                continue
            chosen = self.shop.chosen_group(service)
            if not set([chosen] if chosen > 0 else self.shop.groups(row)) & set(groups):
                continue
            try:
                needs = self.known_package(leading_number(row["configoption2"]))
            except Missing:
                continue
            shares = [-(-needs[name] // package[name]) for name in ("memory", "cpuCores", "primaryStorage")
                      if package[name] > 0 and needs[name] > 0]
            theirs = self.shop.addresses(row)
            if theirs and addresses:
                shares.append(-(-theirs // addresses))
            places += max([1, *shares]) * service["qty"]
        return places

    def is_young(self, service):
        import datetime
        now = datetime.datetime.fromisoformat(os.environ["VFSTOCK_NOW"]).replace(tzinfo=None)
        dates = {order["id"]: order["date"] for order in self.shop.tables["tblorders"]}
        return now - datetime.datetime.fromisoformat(dates[service["orderid"]]) < datetime.timedelta(days=7)

    # What each product shall have.

    def known_package(self, number):
        return self.cache.get(f"package {number}", lambda: self.package(number))

    def known_group(self, number):
        try:
            return self.cache.get(f"group {number}", lambda: self.hypervisors(number))
        except Missing:
            return None

    def qty(self, row):
        """Raises Unavailable where the qty is to be kept."""
        if not self.shop.is_ours(row):
            raise Unavailable("it is sold by another panel")
        number = leading_number(row["configoption2"])
        if number <= 0:
            raise Unavailable("it names no package")
        try:
            package = self.known_package(number)
        except Missing:
            return 0
        if not package["enabled"]:
            return 0
        numbers = self.shop.groups(row)
        if not numbers:
            raise Unavailable("it names no group")
        if self.options.order == "reversed":
            numbers.reverse()
        known = {number: self.known_group(number) for number in numbers}
        return self.limited(self.count(row, package, {n: g for n, g in known.items() if g is not None}))

    def count(self, row, package, groups):
        self.refuse_shared(groups)
        share, addresses = buffer_share(row["configoption7"]), self.shop.addresses(row)
        figures = any(self.figure(entry) is not None for members in groups.values() for entry in members)
        if self.policy["ipv4_cap"] == "nested" and addresses is not None and figures:
            total = self.count_nested(groups, package, share, addresses)
            return max(0, total - self.taken(package, addresses, list(groups)))
        return sum(max(0, self.count_group(members, package, share, addresses)
                       - self.taken(package, addresses, [number]))
                   for number, members in groups.items())

    def refuse_shared(self, groups):
        ids = [whole(entry["hypervisor"]["id"]) for members in groups.values() for entry in members]
        if len(ids) != len(set(ids)):
            raise Unavailable("two groups list the same hypervisor")

    def limited(self, total):
        ceiling = self.policy.get("qty_ceiling")
        if total == UNLIMITED and ceiling is None:
            raise Unlimited("nothing limits it")
        return int(min(total, COLUMN_MAX if ceiling is None else max(0, ceiling)))

    def decide(self, row):
        try:
            return self.qty(row)
        except Unlimited:
            return None
        except (Unavailable, KeyError, TypeError, ValueError, AttributeError):
            self.unread.add(row["id"])
            return None

    def chosen(self):
        rows = [row for row in self.shop.rows.values() if self.shop.managed(row)]
        viewed = os.environ.get("VFSTOCK_PRODUCT")
        if self.options.viewed_only and os.environ["VFSTOCK_TRIGGER"] == "ClientAreaPageCart":
            rows = [row for row in rows if str(row["id"]) == viewed]
        return rows[::-1] if self.options.order == "reversed" else rows

    def run(self):
        if self.options.extra:
            for path in ("/compute/hypervisors/groups", "/packages", "/connect"):
                try:
                    self.panel.fetch(path)
                except Unavailable:
                    pass
        rows = self.chosen()
        if self.options.concurrency > 1:
            with concurrent.futures.ThreadPoolExecutor(self.options.concurrency) as pool:
                qtys = list(pool.map(self.decide, rows))
        else:
            qtys = [self.decide(row) for row in rows]
        self.cache.save()
        if self.options.gives_up and rows and len(self.unread) == len(rows):
            sys.exit(3)
        return self.braked(rows, qtys)

    def braked(self, rows, qtys):
        """With a brake: more than half of what is sold does not fall at once without a person's word."""
        told = {row["id"]: qty for row, qty in zip(rows, qtys)}
        stocked = [row for row in self.shop.rows.values() if self.shop.managed(row) and row["qty"] > 0]
        falling = [row["id"] for row in stocked
                   if told.get(row["id"]) is not None and 4 * told[row["id"]] < row["qty"]]
        if self.options.brake and self.policy["brake"] > 0 and len(falling) > 1 and 2 * len(falling) > len(stocked):
            told.update(dict.fromkeys(falling))
        return told


class Cache:
    """What was found, by the scenario's calendar, for as long as an answer lives; nothing when it is off."""

    LIFETIMES = {"package": 600, "group": 120}

    def __init__(self, options):
        import datetime
        self.on = options.cache
        self.file = os.path.join(os.environ["VFSTOCK_FOLDER"], "cache.json")
        self.now = datetime.datetime.fromisoformat(os.environ["VFSTOCK_NOW"]).timestamp()
        self.known = {}
        if self.on and os.path.exists(self.file):
            self.known = json.load(open(self.file, encoding="utf-8"))

    def get(self, name, ask):
        entry = self.known.get(name)
        if entry and 0 <= self.now - entry["at"] < self.LIFETIMES[name.split()[0]]:
            return entry["value"]
        value = ask()
        self.known[name] = {"at": self.now, "value": value}
        return value

    def save(self):
        if self.on:
            json.dump(self.known, open(self.file, "w", encoding="utf-8"))


def manners(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--order", choices=("straight", "reversed"), default="straight")
    parser.add_argument("--concurrency", type=int, default=1)
    parser.add_argument("--retries", type=int, default=0)
    parser.add_argument("--results", type=int, default=200, help="records to ask for on a page")
    parser.add_argument("--timeout", type=float, default=1.5, help="seconds")
    parser.add_argument("--confirm", choices=("connect", "again"), default="connect")
    parser.add_argument("--cache", action="store_true")
    parser.add_argument("--keep-alive", action="store_true")
    parser.add_argument("--list-packages", action="store_true", help="read GET /packages instead of one by one")
    parser.add_argument("--extra", action="store_true", help="ask for more than is needed")
    parser.add_argument("--viewed-only", action="store_true", help="at a cart view decide that product alone")
    parser.add_argument("--brake", action="store_true", help="keep what falls in too great a number")
    parser.add_argument("--gives-up", action="store_true", help="end with status 3 where nothing could be read")
    parser.add_argument("--mistake")
    return parser.parse_args(arguments)


def main():
    options = manners()
    kind = Client
    if options.mistake:
        import mistakes
        kind = mistakes.made(options.mistake)
    print(json.dumps(kind(options).run()))


if __name__ == "__main__":
    main()
