#!/usr/bin/python3
"""Two checkers must agree: ours (through check_document) and python3-jsonschema's Draft7Validator.

Every scenario, fleet and plan under --scenarios must be accepted by both. Then each is broken in every way
below at places spread over the whole document, and both must accept or refuse each broken document
alike. The places differ from document to document and from kind to kind, so that many documents break
what one does not. Nothing is random: the same tree gives the same documents. Our reader strips the
comments, so that the other checker sees plain JSON.
"""
import argparse
import copy
import itertools
import json
import pathlib
import subprocess
import sys

import jsonschema

MUTANTS_PER_DOCUMENT_AND_KIND = 4
REPLACEMENTS = {
    "null": None,
    "true": True,
    "text": "x",
    "empty text": "",
    "long text": "9" * 600,
    "zero": 0,
    "negative": -1,
    "fraction": 0.5,
    "integral float": 1.0,
    "huge": 9007199254740993,
    "largest": 9223372036854775807,
    "empty array": [],
    "array of null": [None],
    "empty object": {},
    "object": {"unknown": 1},
}


def smallest_documents():
    """Documents that are there even before the first scenario is written."""
    step = {"at": "5m", "expect": {"product": 1, "qty": 3, "requests": {"/packages/7": 1}}}
    hypervisor = {"hypervisor": {"id": 1, "enabled": 1}, "resources": {"memory": {"max": 8}}}
    yield "scenario.schema.json", "smallest scenario", {
        "name": "n", "description": "d", "violates": ["provisionable"],
        "panel": {"packages": [{"id": 7}], "groups": [{"id": 1, "hypervisors": [hypervisor]}]},
        "policy": {"storage_match": "pool-id", "request_deadline": "5s"},
        "timeline": [{"at": "0s", "cron": {}}, step]}
    yield "fleet.schema.json", "smallest fleet", {
        "format": 1,
        "panel": {
            "packages": [{"id": 7, "enabled": True}],
            "groups": [{"id": 1, "hypervisors": [{"copies": 2, "of": hypervisor}]}],
            "ipv4Blocks": [{"id": 1, "free": 5, "hypervisors": [1, 2]}]},
        "shop": {"tblproducts": [{"id": 1, "configoption7": "10"}]}}


def published_documents(checker, folder):
    for schema, files in (
            ("fleet.schema.json", sorted(folder.glob("fleets/**/*.json"))),
            ("plan.schema.json", sorted(folder.glob("plans/*.json"))),
            ("purchase.schema.json", sorted(folder.glob("plans/purchases/*.json"))),
            ("scenario.schema.json", sorted(
                file for file in folder.rglob("*.json")
                if not file.name.endswith(".schema.json")
                and file.relative_to(folder).parts[0] not in ("fleets", "plans")))):
        if not files:
            continue
        answers = run(checker, schema, [str(file) for file in files], "")
        for file, answer in zip(files, answers, strict=True):
            if answer.startswith("refused"):
                sys.exit(f"our reader refuses a published document: {answer}")
            yield schema, str(file), json.loads(answer)


def run(checker, schema, arguments, text):
    process = subprocess.run([checker, schema, *arguments], input=text, text=True,
                             stdout=subprocess.PIPE, check=True)
    return process.stdout.splitlines()


def places(value, path=()):
    """Every place of a document below its root, as a path of keys and indices."""
    children = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())
    for key, child in children:
        yield path + (key,)
        yield from places(child, path + (key,))


def spread(found, turn):
    """At most so many, evenly spread; where the first one lies changes from turn to turn."""
    stride = max(1, -(-len(found) // MUTANTS_PER_DOCUMENT_AND_KIND))
    return found[turn % stride::stride]


def at(document, path):
    for key in path:
        document = document[key]
    return document


def edited(document, path, edit):
    mutant = copy.deepcopy(document)
    edit(at(mutant, path[:-1]), path[-1])
    return mutant


def rename(container, key):
    if isinstance(container, dict):
        container[key + "x"] = container.pop(key)


def remove(container, key):
    del container[key]


def add_unknown(container, key):
    if isinstance(container[key], dict):
        container[key]["unknown"] = 1
    elif isinstance(container[key], list):
        container[key].append({"unknown": 1})


def repeat(container, key):
    if isinstance(container, list):
        container.append(container[key])


def mutants(document, turns):
    found = list(places(document))
    for name, edit in (("remove", remove), ("rename", rename), ("add unknown", add_unknown),
                       ("repeat", repeat)):
        for path in spread(found, next(turns)):
            yield f"{name} {path}", edited(document, path, edit)
    for name, value in REPLACEMENTS.items():
        for path in spread(found, next(turns)):
            yield f"{name} at {path}", edited(
                document, path, lambda container, key: container.__setitem__(key, value))
        yield name, value


def validators(folder):
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8"))
               for file in folder.glob("*.schema.json")}
    for name, schema in schemas.items():
        jsonschema.Draft7Validator.check_schema(schema)
        resolver = jsonschema.RefResolver(base_uri=name, referrer=schema, store=schemas)
        yield name, jsonschema.Draft7Validator(schema, resolver=resolver)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checker", required=True, help="the program check_document")
    parser.add_argument("--scenarios", required=True, type=pathlib.Path, help="their folder")
    options = parser.parse_args()

    theirs = dict(validators(options.scenarios))
    cases = {name: [] for name in theirs}
    originals = [*smallest_documents(), *published_documents(options.checker, options.scenarios)]
    turns = itertools.count()
    for schema, name, document in originals:
        if not theirs[schema].is_valid(document):
            error = next(theirs[schema].iter_errors(document))
            sys.exit(f"jsonschema refuses {name}: {list(error.path)}: {error.message}")
        cases[schema].append((name, document))
        cases[schema].extend((f"{name}: {what}", mutant) for what, mutant in mutants(document, turns))

    disagreements, refused, total = [], 0, 0
    for schema, documents in cases.items():
        lines = "".join(json.dumps(document) + "\n" for _, document in documents)
        answers = run(options.checker, schema, [], lines)
        for (what, document), answer in zip(documents, answers, strict=True):
            expected = theirs[schema].is_valid(document)
            total += 1
            refused += not expected
            if expected != (answer == "ok"):
                disagreements.append(f"{what}: ours says '{answer}', jsonschema "
                                     f"{'accepts' if expected else 'refuses'} it")
    print(f"{len(originals)} documents, {total} with the broken ones; {refused} refused by both, "
          f"{len(disagreements)} disagreements")
    print("\n".join(disagreements[:20]))
    if not 0 < refused < total:
        sys.exit("the broken documents are all good or all bad: nothing was compared")
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
