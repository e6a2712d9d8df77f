#!/usr/bin/python3
"""Runs every command that a README shows, in order, and compares what it prints with what stands there.

    readme.py --program build/release/sim/vfstock --root . README.md [README.md ...]

A block marked `sh` holds commands; a block without a mark that follows it in the same section is what they
print, where a line "..." stands for any number of lines. Whatever a stranger would put in place of an example
(an address, a password, "...") is put there here, and what takes minutes is shortened: see PLACES. Exit
status: 0 all as shown; 1 not.
"""
import argparse
import datetime
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile

TODAY = datetime.date.today()
# Commands that build the product or run its tests: whoever runs this test has done so.
BUILDS = ("./scenarios/run", "./tests/run", "./tests/planted/run", "./tests/fuzz/run", "./tests/bench/run", "cmake ",
          "build/", "git ", "alias ", "ctest ")
# Commands that change the machine that they run on: no test does.
CHANGES_THE_MACHINE = ("install ", "useradd ", "systemctl ", "apt", "sudo ")
# What a stranger fills in, by README; the longer text first.
PLACES = {
    "sim/fuzz/README.md": [
        ("--runs 10000", "--runs 200"), ("--for 60s", "--for 1s"), ("--depth 4", "--depth 2"),
        ("--transport http", "--transport http --runs 20"), ("--singles", "--singles --jobs 2"),
    ],
    "engine/live/README.md": [
        ("--shop mysql://vfstock@localhost/whmcs --shop-password-file password", "--shop sqlite:shop.db"),
        ("https://panel.example/api/v1", "$PANEL"),
        ("--dry-run --out plan.json ...", "--dry-run --out plan.json --panel $PANEL --shop sqlite:shop.db"),
        ("--apply plan.json --shop ...", "--apply plan.json --shop sqlite:shop.db"),
        ("--anonymise ... fleet.json", "--anonymise --panel $PANEL --shop sqlite:shop.db fleet.json"),
        ("--product 7 ...", "--product 1 --panel $PANEL --shop sqlite:shop.db"),
        ("--product 7", "--product 1"),
        ("--decision 311", "--decision 1"),
        ("--from 2026-11-24T03:00", f"--from {TODAY}T00:00"),
        ("2026-11-23T22:00..2026-11-24T06:00",
         f"{TODAY}T00:00..{TODAY + datetime.timedelta(days=1)}T06:00"),
    ],
    "sim/forecast/README.md": [("page.html plan.json", "page.html scenarios/plans/small-shop.json")],
}
# What must be there before: captured answers, a trial shop, a token.
BEFORE = {
    "engine/README.md": [
        "vfstock panel --detach scenarios/fleets/small-shop.json --port $FREE_PORT > listening",
        "ask() { curl -sf -H 'Authorization: Bearer any' $PANEL/$1; }",
        "ask packages/1 > package.json",
        "ask 'compute/hypervisors/groups/1/resources?results=200' > group.json",
    ],
    "engine/live/README.md": [
        "vfstock panel --detach scenarios/fleets/small-shop.json --port $FREE_PORT > listening",
        "echo any > token; chmod 600 token; export VFSTOCK_TOKEN_FILE=$PWD/token",
        "vfstock sync --dry-run --trial scenarios/fleets/small-shop.json --shop sqlite:shop.db --panel $PANEL",
    ],
    "sim/forecast/README.md": [
        "awk 'BEGIN {print \"time,product,lifetime,censored\"; for (t = 0; t < 8e6; t += 20000) print t \",1,900000,0\"}' > before.csv",
        "vfstock fit --trace before.csv --out demand.json",
    ],
}
# Commands that are there to show a failure, and the status that they end with.
FAILS = {
    "replay --policy classic": 1,
    "clients/careless.py": 1,
    "fuzz --canary": 1,
}


def blocks(text):
    """(commands, what they print or None) of each block of commands, in order."""
    found, fence, lines, section = [], None, [], 0
    for line in text.splitlines():
        if line.startswith("```"):
            if fence is None:
                fence, lines = line[3:].strip(), []
                continue
            if fence == "sh":
                found.append([lines, None, section])
            elif fence == "" and found and found[-1][1] is None and found[-1][2] == section:
                found[-1][1] = lines
            fence = None
        elif fence is not None:
            lines.append(line)
        elif line.startswith("#"):
            section += 1
    return [(commands, printed) for commands, printed, _ in found]


def commands_of(lines):
    """Whole commands: a line that a quotation or a backslash leaves open goes on in the next."""
    whole, open_text = [], ""
    for line in lines:
        open_text += line + "\n"
        if open_text.count("'") % 2 == 0 and not line.endswith("\\"):
            if open_text.strip():
                whole.append(open_text)
            open_text = ""
    return whole


def free_ports(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


class Readme:
    def __init__(self, root, name, program, folder):
        self.root, self.name, self.folder = root, name, folder
        self.blocks = blocks((root / name).read_text(encoding="utf-8"))
        self.ports = dict(zip(("8892", "8893", "free"), free_ports(3)))
        (folder / "bin").mkdir()
        (folder / "bin" / "vfstock").symlink_to(program)
        for entry in ("scenarios", "tests", "engine", "README.md"):
            (folder / entry).symlink_to(root / entry)
        self.complaints, self.ran = [], 0

    def filled_in(self, command):
        for example, instead in PLACES.get(self.name, []):
            command = command.replace(example, instead)
        for port in ("8892", "8893"):
            command = command.replace(port, str(self.ports[port]))
        # A panel that would keep the terminal comes back once it listens.
        if command.startswith("vfstock panel") and "--judge" not in command and "--detach" not in command:
            command = command.rstrip().rstrip("&").rstrip().replace("vfstock panel", "vfstock panel --detach", 1)
        if command.startswith("vfstock serve"):
            port = self.ports["8893"]
            return (f"{command.rstrip()} --listen 127.0.0.1:{port} > serve.log 2>&1 &\n"
                    f"until curl -sf http://127.0.0.1:{port}/readyz > ready; do kill -0 $! || break; done")
        return command.rstrip("\n")

    def script(self):
        """The whole README as one shell would meet it; each command is followed by its status."""
        lines = [f"cd {self.folder}", f"FREE_PORT={self.ports['free']}",
                 f"PANEL=http://127.0.0.1:{self.ports['free']}/api/v1"]
        lines += BEFORE.get(self.name, [])
        for number, (commands, _) in enumerate(self.blocks):
            lines.append(f"printf '@block {number}\\n'")
            for index, command in enumerate(commands_of(commands)):
                if command.startswith(CHANGES_THE_MACHINE):
                    continue
                if command.startswith(BUILDS):
                    self.builds(command)
                    self.ran += 1
                    continue
                lines += [self.filled_in(command), f"printf '\\n@status {number} {index} %d\\n' $?"]
                self.ran += 1
        return "\n".join(lines) + "\n"

    def builds(self, command):
        """A command that builds names what is there."""
        word = command.split()[0]
        if word.startswith("./") and not (self.root / word).exists():
            self.complaints.append(f"{self.name}: there is no {word}")

    def run(self):
        done = subprocess.run(
            ["/bin/bash", "-c", self.script()], text=True, check=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, errors="replace",
            env={"PATH": f"{self.folder / 'bin'}:/usr/bin:/bin", "HOME": str(self.folder),
                 "VFSTOCK_TOKEN": "any", "LANG": "C.UTF-8"})
        self.read(done.stdout)
        return self.complaints

    def read(self, output):
        said = {int(number): text for number, text in
                re.findall(r"^@block (\d+)\n(.*?)(?=^@block |\Z)", output, re.MULTILINE | re.DOTALL)}
        for number, (commands, printed) in enumerate(self.blocks):
            text = said.get(number, "")
            self.judge_statuses(commands_of(commands), text)
            if printed is not None and not commands[-1].startswith(CHANGES_THE_MACHINE):
                self.judge_output(commands[-1], printed, re.sub(r"\n?^@status .*\n", "", text, flags=re.MULTILINE))

    def judge_statuses(self, commands, text):
        statuses = {int(index): int(status) for index, status in re.findall(r"^@status \d+ (\d+) (\d+)$", text, re.MULTILINE)}
        for index, command in enumerate(commands):
            if command.startswith(BUILDS + CHANGES_THE_MACHINE):
                continue
            wanted = next((status for part, status in FAILS.items() if part in command), 0)
            if statuses.get(index) != wanted:
                self.complaints.append(f"{self.name}: status {statuses.get(index)} instead of {wanted}: {command.strip()}\n"
                                       f"{text[-1500:]}")

    def judge_output(self, command, printed, text):
        """Each stretch between two "..." stands in the output in one piece, one after the other."""
        lines = [line.rstrip() for line in text.splitlines()]
        at, stretch = 0, []
        for line in [*printed, "..."]:
            if line.strip() != "...":
                stretch.append(line.rstrip())
                continue
            while at <= len(lines) and lines[at:at + len(stretch)] != stretch:
                at += 1
            if at > len(lines):
                self.complaints.append(f"{self.name}: {command.strip()}\n  does not print\n    "
                                       + "\n    ".join(stretch) + "\n  but\n    " + "\n    ".join(lines[:60]))
                return
            at, stretch = at + len(stretch), []


def end_panels(folder):
    """Panels that went into the background still stand in the folder that they were started in."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == folder:
                os.kill(int(process.name), signal.SIGTERM)
        except OSError:
            continue


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("readmes", nargs="+", metavar="README.md")
    options = parser.parse_args()
    complaints, ran = [], 0
    for name in options.readmes:
        with tempfile.TemporaryDirectory(prefix="vfstock-readme-") as folder:
            try:
                readme = Readme(options.root.resolve(), name, options.program.resolve(), pathlib.Path(folder))
                complaints += readme.run()
                ran += readme.ran
            finally:
                end_panels(pathlib.Path(folder))
    for complaint in complaints:
        print(complaint)
    print(f"{ran} commands of {len(options.readmes)} README(s), {len(complaints)} complaints")
    return 1 if complaints or ran == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
