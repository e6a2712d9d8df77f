"""Proves the checker: each planted bug is built into an engine of its own and hunted.

A bug is a small source change kept as data in bugs/: a name, the harm in a sentence, a file, and
what stands there before and after; an edit that names a "header" changes that for the file instead.
Nothing in the engine knows of it. For each, one file is compiled and the program linked anew; generated timelines must then violate an invariant, under
every seed, while the unchanged engine passes the very same timelines. A bug whose "before" is no
longer there, or is there twice, stops the run before anything is built.

A bug that is "hunted_by" serve lies in the daemon: the tests of tests/integration/serve that its "tests"
names must fail for it, and pass for the clean program.

A bug that is "hunted_by" clients lies in the judge of other people's clients. The families of
tests/integration/judge hunt it: a right client must be blamed, or a wrong one pass.

Exit status: 0 all caught and the clean engine clean; 1 not; 2 the bugs do not fit the sources.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "release"
OUT = ROOT / "build" / "planted"
FAMILY = ROOT / "tests" / "integration" / "judge" / "family.py"
STEPS_MEDIAN_MAX = 4
HUNT_SECONDS_MAX = 900
# Timelines after which a hunt is mostly over; these are all run, to see who else notices.
FIRST_LOOK = 400


class Misfit(Exception):
    """A bug does not fit the sources."""


def read_bugs(names):
    known = {file.stem: file for file in sorted((HERE / "bugs").glob("*.json"))}
    for name in names:
        if name not in known:
            raise Misfit(f"there is no bug {name}; known are {', '.join(known)}")
    bugs = [json.loads(known[name].read_text()) for name in (names or known)]
    if not bugs:
        raise Misfit(f"there is no bug in {HERE / 'bugs'}")
    for bug in bugs:
        bug["sources"] = changed_sources(bug)
    return bugs


def changed_sources(bug):
    """The changed texts by where they go below the bug's folder; the compiled file comes first."""
    texts = {bug["file"]: (ROOT / bug["file"]).read_text()}
    for edit in bug["edits"]:
        file = edit.get("header", bug["file"])
        text = texts.get(file) or (ROOT / file).read_text()
        before, after = "\n".join(edit["before"]), "\n".join(edit["after"])
        found = text.count(before)
        if found != 1:
            raise Misfit(f"{bug['name']}: {file} holds its \"before\" {found} times, "
                         f"not once:\n{before}")
        texts[file] = text.replace(before, after)
    return texts


def compile_command(file, folder, target):
    commands = json.loads((BUILD / "compile_commands.json").read_text())
    entry = next((each for each in commands if each["file"] == str(ROOT / file)), None)
    if entry is None:
        raise Misfit(f"{file} is not compiled on its own in {BUILD}; configure that with GCC")
    words = shlex.split(entry["command"])
    for option, value in (("-o", target), ("-MT", target), ("-MF", f"{target}.d")):
        if option in words:
            words[words.index(option) + 1] = str(value)
    words[words.index("-c") + 1] = str(folder / file)
    # Changed headers come before the tree's own. What a bug leaves unused is no concern here.
    first = next(i for i, word in enumerate(words) if word.startswith(("-I", "-isystem")))
    return words[:first] + ["-I", str(folder)] + words[first:] + ["-Wno-error"], entry["directory"]


def link_command(program, extra):
    lines = subprocess.run(["ninja", "-C", str(BUILD), "-t", "commands", "sim/vfstock"],
                           check=True, capture_output=True, text=True).stdout.splitlines()
    line = next(each for each in reversed(lines) if " -o sim/vfstock " in each)
    words = shlex.split(line)
    words = words[words.index("&&") + 1:] if words[0] == ":" else words
    words = words[:words.index("&&")] if "&&" in words else words
    words[words.index("-o") + 1] = str(program)
    # Its symbols are taken from here, so the archive's own copy stays out.
    words.insert(next(i for i, word in enumerate(words) if word.endswith(".o")),
                 str(extra))
    return words


def is_written(folder, bug):
    """The folder holds this very change."""
    return all((folder / file).exists() and (folder / file).read_text() == text
               for file, text in bug["sources"].items())


def is_newer(built, archives):
    return built.exists() and all(built.stat().st_mtime > archive.stat().st_mtime
                                  for archive in BUILD.glob(archives))


def build(bug):
    folder = OUT / bug["name"]
    target = folder / "changed.o"
    program = folder / "vfstock"
    written = is_written(folder, bug)
    if written and is_newer(program, "**/libvfstock_*.a"):
        return program
    for file, text in bug["sources"].items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)
    command, directory = compile_command(bug["file"], folder, target)
    commands = [command, link_command(program, target)]
    # A change of the engine depends on it alone, so a new simulator only wants linking.
    if written and bug["file"].startswith("engine/") and is_newer(target, "engine/libvfstock_engine.a"):
        commands = commands[1:]
    for words in commands:
        done = subprocess.run(words, cwd=directory, capture_output=True, text=True)
        if done.returncode != 0:
            raise Misfit(f"{bug['name']} does not build:\n{done.stderr}")
    return program


def hunt(program, seed, runs, folder, keep_going=True):
    """What `fuzz --json` says, or None with the way the program ended."""
    command = [str(program), "fuzz", "--seed", str(seed), "--runs", str(runs), "--json",
               "--jobs", "1", "--out", str(folder)]
    if keep_going:
        command.append("--keep-going")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=HUNT_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return None, "hung"
    if done.returncode < 0:
        return None, f"died of signal {-done.returncode}"
    if done.returncode not in (0, 1):
        return None, f"ended with status {done.returncode}: {done.stderr.strip()}"
    return json.loads(done.stdout), ""


def family(program, which, *more):
    """What one family of clients says of a judge: its complaints, none when it is as it should be."""
    command = ["/usr/bin/python3", str(FAMILY), "--program", str(program),
               "--scenarios", str(ROOT / "scenarios"), "--jobs", "1", *more, which]
    done = subprocess.run(command, capture_output=True, text=True, timeout=HUNT_SECONDS_MAX)
    if done.returncode not in (0, 1):
        raise Misfit(f"the {which} clients end with status {done.returncode}:\n{done.stderr}")
    return done.stdout.splitlines()[:-1]


def hunt_by_clients(bug):
    """Hunts a bug of the judge, wrong clients first: they are more, and each plays less."""
    complaints = family(bug["program"], "wrong", "--stop") or family(bug["program"], "right", "--stop")
    return {"bug": bug, "caught": bool(complaints), "by": complaints[0] if complaints else ""}


def hunt_judges(bugs, jobs):
    """Complaints about the bugs of the judge, and about the clean judge."""
    complaints = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        clean = [pool.submit(family, BUILD / "sim" / "vfstock", which) for which in ("right", "wrong")]
        hunts = [pool.submit(hunt_by_clients, bug) for bug in bugs]
        for each in hunts:
            result = each.result()
            verdict = "caught   " if result["caught"] else "SURVIVED "
            print(f"{result['bug']['name']:<34} {verdict} {result['by'][:120]}", flush=True)
            if not result["caught"]:
                complaints.append(f"survived: {result['bug']['name']}")
        for each in clean:
            complaints += [f"the clean judge: {complaint}" for complaint in each.result()]
    print(f"\n{len(bugs) - len([c for c in complaints if c.startswith('survived')])} of {len(bugs)} bugs "
          "of the judge caught")
    return complaints


def passes_tests_of_serve(program, names):
    """Whether the daemon's tests of these names pass for a program."""
    tests = BUILD / "tests" / "integration" / "serve" / "integration_serve"
    done = subprocess.run([str(tests), f"--gtest_filter={names}"], capture_output=True, text=True,
                          env={**os.environ, "VFSTOCK_SERVED_PROGRAM": str(program)},
                          timeout=HUNT_SECONDS_MAX)
    if " 0 tests" in done.stdout.splitlines()[1] + done.stdout.splitlines()[2]:
        raise Misfit(f"no test of the daemon is called {names}")
    return done.returncode == 0


def hunt_daemons(bugs):
    """Complaints about the bugs of the daemon, and about the clean one."""
    complaints = []
    for bug in bugs:
        clean = passes_tests_of_serve(BUILD / "sim" / "vfstock", bug["tests"])
        caught = not passes_tests_of_serve(bug["program"], bug["tests"])
        print(f"{bug['name']:<34} {'caught   ' if caught else 'SURVIVED '} {bug['tests']}", flush=True)
        if not clean:
            complaints.append(f"the clean daemon fails {bug['tests']}")
        if not caught:
            complaints.append(f"survived: {bug['name']}")
    return complaints


def judge(bug, seed, arguments):
    """Hunts one bug under one seed: few timelines first, then all of them."""
    folder = OUT / bug["name"]
    for runs in sorted({min(FIRST_LOOK, arguments.runs), arguments.runs}):
        said, ending = hunt(bug["program"], seed, runs, folder, keep_going=runs <= FIRST_LOOK)
        if said is None:
            # A dead or hung engine is seen by anybody, but proves nothing of the checker.
            return {"bug": bug, "seed": seed, "caught": False, "by": ending}
        if "hit" in said:
            break
    result = {"bug": bug, "seed": seed, "caught": "hit" in said, "by": ""}
    if result["caught"]:
        hit = said["hit"]
        result.update(by=hit["invariant"], timelines=hit["run"] + 1, steps=hit["steps"],
                      witness=hit["file"], violated=sorted(said["violated"]))
    return result


def print_result(result):
    if result["caught"]:
        others = [each for each in result["violated"] if each != result["by"]]
        print(f"{result['bug']['name']:<28} {result['seed']:>4}  caught    {result['by']:<20} "
              f"{result['timelines']:>9} {result['steps']:>7}  {', '.join(others) or 'it alone'}",
              flush=True)
    else:
        print(f"{result['bug']['name']:<28} {result['seed']:>4}  SURVIVED  {result['by']}",
              flush=True)


def clean_engine_passes(seed, said, ending, runs):
    if said is not None and "hit" not in said and said["timelines"] != runs:
        print(f"the clean engine, seed {seed}: {said['timelines']} timelines of {runs}")
        return False
    if said is None or "hit" in said:
        print(f"the clean engine, seed {seed}: {ending or said['hit']['detail']}")
        return False
    print(f"the clean engine, seed {seed}: {said['timelines']} timelines, "
          f"no invariant is violated")
    return True


def summary(results):
    """Every complaint about the results as a whole."""
    complaints = []
    survived = sorted({r["bug"]["name"] for r in results if not r["caught"]})
    if survived:
        complaints.append("survived: " + ", ".join(survived))
    caught = [r for r in results if r["caught"]]
    if caught:
        median = statistics.median(r["steps"] for r in caught)
        print(f"\n{len(caught)} of {len(results)} caught; the median witness has "
              f"{median:g} steps, the longest {max(r['steps'] for r in caught)}")
        if median > STEPS_MEDIAN_MAX:
            complaints.append(f"the median witness has more than {STEPS_MEDIAN_MAX} steps")
    for result in caught:
        only = result["bug"].get("only")
        if only and result["violated"] != [only]:
            complaints.append(f"{result['bug']['name']} (seed {result['seed']}) is there to show "
                              f"{only} alone, but violated {', '.join(result['violated'])}")
    alone = sorted({r["violated"][0] for r in caught if len(r["violated"]) == 1})
    print("invariants that alone caught a bug:", ", ".join(alone) or "none")
    return complaints


def main():
    parser = argparse.ArgumentParser(
        prog="tests/planted/run", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="these bugs only")
    parser.add_argument("--seeds", default="1,2,3", help="one hunt for each (default 1,2,3)")
    parser.add_argument("--runs", type=int, default=20000, help="timelines of a hunt at most")
    parser.add_argument("--fit", action="store_true",
                        help="look only whether the bugs fit the sources; nothing is built")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="hunts at once")
    arguments = parser.parse_args()
    arguments.seeds = [int(seed) for seed in arguments.seeds.split(",")]
    try:
        bugs = read_bugs(arguments.names)
        if arguments.fit:
            print(f"{len(bugs)} bugs fit the sources")
            return 0
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            for bug, program in zip(bugs, pool.map(build, bugs)):
                bug["program"] = program
    except Misfit as misfit:
        print(f"tests/planted/run: {misfit}", file=sys.stderr)
        return 2
    judges = [bug for bug in bugs if bug.get("hunted_by") == "clients"]
    complaints = hunt_judges(judges, arguments.jobs) if judges else []
    bugs = [bug for bug in bugs if bug not in judges]
    daemons = [bug for bug in bugs if bug.get("hunted_by") == "serve"]
    complaints += hunt_daemons(daemons)
    bugs = [bug for bug in bugs if bug not in daemons]
    if bugs:
        complaints += hunt_engines(bugs, arguments)
    for complaint in complaints:
        print(f"tests/planted/run: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


def hunt_engines(bugs, arguments):
    """Complaints about the bugs of the engine, and about the clean engine."""
    print(f"{'bug':<28} seed  verdict   by invariant         timelines witness  also by")
    results = []
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        # The longest come first, so that none of them is left to run alone.
        clean = [pool.submit(hunt, BUILD / "sim" / "vfstock", seed, arguments.runs, OUT)
                 for seed in arguments.seeds]
        hunts = [pool.submit(judge, bug, seed, arguments)
                 for bug in bugs for seed in arguments.seeds]
        for each in hunts:
            results.append(each.result())
            print_result(results[-1])
    complaints = summary(results)
    # Each seed speaks for itself, whatever became of the one before.
    if not all([clean_engine_passes(seed, *each.result(), arguments.runs)
                for seed, each in zip(arguments.seeds, clean)]):
        complaints.append("the clean engine violates an invariant under the same timelines")
    return complaints


if __name__ == "__main__":
    sys.exit(main())
