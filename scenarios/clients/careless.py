#!/usr/bin/python3
"""A small stock client that gets it wrong, as many have: what it cannot read counts as nothing.

    vfstock panel --scenario scenarios/outages/a-server-error-keeps-the-qty.json \
        --judge scenarios/clients/careless.py
"""
import json
import os
import urllib.request

URL, TOKEN = os.environ["VFSTOCK_PANEL_URL"], os.environ["VFSTOCK_PANEL_TOKEN"]
PRODUCTS = {1: {"package": 1, "groups": [1, 2]}, 2: {"package": 2, "groups": [1]}}


def read(path, otherwise):
    request = urllib.request.Request(URL + path, headers={
        "Authorization": "Bearer " + TOKEN, "Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer).get("data", otherwise)
    except Exception:
        return otherwise


def qty(product):
    package = read(f"/packages/{product['package']}", {})
    if not package.get("enabled"):
        return 0
    total = 0
    for group in product["groups"]:
        for entry in read(f"/compute/hypervisors/groups/{group}/resources", []):
            resources = entry["resources"]
            total += min(int(resources["memory"]["free"] * 0.9 // package["memory"]),
                         int(resources["cpuCores"]["free"] * 0.9 // package["cpuCores"]))
    return total


print(json.dumps({number: qty(product) for number, product in PRODUCTS.items()}))
