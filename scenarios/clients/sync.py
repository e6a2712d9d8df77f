#!/usr/bin/python3
"""`vfstock sync` itself as a client to be judged:

    vfstock panel --scenario scenarios/first-replay.json --judge "scenarios/clients/sync.py /usr/bin/vfstock"

Whatever follows the program's name goes to sync, such as --policy strict. At each moment it gets a fresh
SQLite shop with the scenario's rows and orders, sweeps it once, and prints the qtys that are there afterwards.
"""
import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import sys

FOLDER = pathlib.Path(os.environ["VFSTOCK_FOLDER"])
DATABASE, JOURNAL, TRIAL = FOLDER / "shop.db", FOLDER / "journal.db", FOLDER / "trial.json"
OPTIONS = ("storage_match", "ipv4_cap", "server_slots", "shared_storage", "ipv4_zero", "qty_ceiling",
           "location_option")
KEPT, HELD = 3, 4  # exit statuses: a lookup failed; the brake holds


def write_trial(fleet, policy):
    """The shop knows the panel under the name under which it is reached here."""
    for server in fleet["shop"]["tblservers"]:
        if policy["panel_host"] and server["hostname"].lower() == policy["panel_host"].lower():
            server["hostname"] = "127.0.0.1"
    TRIAL.write_text(json.dumps(fleet), encoding="utf-8")


def add_orders(fleet):
    """Orders are as old by the real calendar as they are by the scenario's."""
    tables, taken = fleet["shop"], datetime.datetime.fromisoformat(fleet["taken"])
    dates = {order["id"]: order["date"] for order in tables["tblorders"]}
    texts = {value["id"]: value["optionname"] for value in tables["tblproductconfigoptionssub"]}
    with sqlite3.connect(DATABASE) as shop:
        for service in tables["tblhosting"]:
            age = taken - datetime.datetime.fromisoformat(dates[service["orderid"]])
            date = (datetime.datetime.now() - age).replace(microsecond=0)
            shop.execute("INSERT INTO tblorders (id, date, status) VALUES (?, ?, 'Pending')",
                         (service["orderid"], str(date)))
            shop.execute("INSERT INTO tblhosting (id, orderid, packageid, qty, regdate) VALUES (?, ?, ?, ?, ?)",
                         (service["id"], service["orderid"], service["packageid"], service["qty"],
                          str(date.date())))
        for choice in tables["tblhostingconfigoptions"]:
            shop.execute("INSERT INTO tblhostingconfigoptions (relid, configid, optionid, qty) "
                         "SELECT ?, configid, id, 1 FROM tblproductconfigoptionssub WHERE optionname = ? LIMIT 1",
                         (choice["relid"], texts[choice["optionid"]]))


def sync(*arguments):
    """Exit status of a run that finds nothing in its environment but the token."""
    command = [sys.argv[1], "sync", "--panel", os.environ["VFSTOCK_PANEL_URL"], "--shop", f"sqlite:{DATABASE}",
               "--journal", str(JOURNAL), *arguments, *sys.argv[2:]]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"),
                   "VFSTOCK_TOKEN": os.environ["VFSTOCK_PANEL_TOKEN"]}
    return subprocess.run(command, env=environment, stdout=sys.stderr, check=False).returncode


def main():
    policy = json.loads(os.environ["VFSTOCK_POLICY"])
    fleet = json.loads(pathlib.Path(os.environ["VFSTOCK_SHOP"]).read_text(encoding="utf-8"))
    for file in FOLDER.iterdir():
        file.unlink()
    write_trial(fleet, policy)
    arguments = [word for name in OPTIONS if name in policy
                 for word in ("--" + name.replace("_", "-"), str(policy[name]))]
    arguments += ["--reserve-pending", "on" if policy["reserve_pending"] else "off"]
    # A trial shop begins without orders, so a dry run makes it and they are added to it.
    if fleet["shop"]["tblhosting"]:
        sync("--trial", str(TRIAL), "--dry-run", *arguments)
        add_orders(fleet)
        JOURNAL.unlink(missing_ok=True)
    status = sync("--trial", str(TRIAL), *arguments)
    if status not in (0, KEPT, HELD):
        sys.exit(status)
    with sqlite3.connect(DATABASE) as shop:
        print(json.dumps(dict(shop.execute("SELECT id, qty FROM tblproducts"))))


main()
