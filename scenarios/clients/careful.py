#!/usr/bin/python3
"""A small stock client that gets it right. Judge it with

    vfstock panel --scenario scenarios/outages/a-server-error-keeps-the-qty.json \
        --judge scenarios/clients/careful.py

It sells the products of scenarios/fleets/small-shop.json. Whatever it cannot read, whole and beyond
doubt, leaves the qty alone: a product that is not printed stays.
"""
import json
import os
import urllib.error
import urllib.request
from fractions import Fraction

URL, TOKEN = os.environ["VFSTOCK_PANEL_URL"], os.environ["VFSTOCK_PANEL_TOKEN"]
PRODUCTS = {1: {"package": 1, "groups": [1, 2]}, 2: {"package": 2, "groups": [1]}}
BUFFER = Fraction(10, 100)
DEADLINE_SECONDS = 5
BODY_BYTES_MAX = 32 * 1024 * 1024


class Unavailable(Exception):
    """Nobody knows: neither a value nor its absence."""


class Missing(Exception):
    """The panel says that there is no such record."""


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token goes to the panel and nowhere else."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))


def fetch(path):
    """Status, content type and body of an answer that arrived whole."""
    request = urllib.request.Request(URL + path, headers={
        "Authorization": "Bearer " + TOKEN, "Accept": "application/json"})
    try:
        with OPENER.open(request, timeout=DEADLINE_SECONDS) as answer:
            body = answer.read(BODY_BYTES_MAX + 1)
            return answer.status, answer.headers.get_content_type(), body
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read(BODY_BYTES_MAX)
    except Exception as error:  # whatever a network can do
        raise Unavailable(f"{path}: {error}") from error


def read(path):
    status, kind, body = fetch(path)
    if status == 404 and kind == "application/json" and is_about_a_record(body) and panel_answers():
        raise Missing(path)
    if status != 200 or kind != "application/json" or len(body) > BODY_BYTES_MAX:
        raise Unavailable(f"{path}: {status} {kind}")
    try:
        return json.loads(body)
    except ValueError as error:
        raise Unavailable(f"{path}: {error}") from error


def is_about_a_record(body):
    """Whether a 404 is the panel's word about a record, and not about a route or another service's."""
    try:
        document = json.loads(body)
    except ValueError:
        return False
    return isinstance(document, dict) and set(document) == {"msg"} and "route" not in str(document["msg"])


def panel_answers():
    """Whether it is the panel at all that says 404, and not a proxy or a wrong base URL."""
    status, kind, body = fetch("/connect")
    try:
        return status == 200 and kind == "application/json" and json.loads(body) == []
    except ValueError:
        return False


def hypervisors(group):
    """Every hypervisor of the group, each once, on pages that agree with each other."""
    found, number, first = {}, 1, None
    while first is None or number <= first[0]:
        page = read(f"/compute/hypervisors/groups/{group}/resources?results=200&page={number}")
        figures = (page["last_page"], page["total"], page["per_page"])
        first = first or figures
        if page["current_page"] != number or figures != first or not 1 <= figures[0] <= 500:
            raise Unavailable(f"group {group}: pages contradict each other")
        for entry in page["data"]:
            if found.setdefault(entry["hypervisor"]["id"], entry) is not entry:
                raise Unavailable(f"group {group}: a hypervisor comes twice")
        number += 1
    if len(found) != first[1]:
        raise Unavailable(f"group {group}: {len(found)} of {first[1]} hypervisors came")
    return list(found.values())


def fit(resource, need):
    if need < 1 or (resource["max"] > 0 and resource["free"] > resource["max"]):
        raise Unavailable("figures that no panel has")
    if resource["max"] == 0:
        return float("inf")
    free = resource["free"] - -(-resource["max"] * BUFFER // 1)
    return max(0, int(free // need))


def places(entry, package):
    flags, resources = entry["hypervisor"], entry["resources"]
    if not flags["enabled"] or not flags["commissioned"] or flags["prohibit"]:
        return 0
    disk = resources.get("localStorage")
    if not disk or not disk["enabled"]:
        return 0
    return min(fit(resources["memory"], package["memory"]),
               fit(resources["cpuCores"], package["cpuCores"]),
               fit(disk, package["primaryStorage"]))


def group_places(group, package):
    try:
        members = hypervisors(group)
    except Missing:
        return 0
    addresses = max((entry["resources"]["network"]["total"]["ipv4"]["free"] for entry in members
                     if places(entry, package) > 0), default=0)
    return min(sum(places(entry, package) for entry in members), addresses)


def qty(product):
    try:
        package = read(f"/packages/{product['package']}")["data"]
    except Missing:
        return 0
    if package["id"] != product["package"]:
        raise Unavailable("another package came")
    if not package["enabled"]:
        return 0
    return sum(group_places(group, package) for group in product["groups"])


def main():
    told = {}
    for number, product in PRODUCTS.items():
        try:
            told[number] = qty(product)
        except (Unavailable, KeyError, TypeError, ValueError, OverflowError):
            continue  # left alone
    print(json.dumps(told))


main()
