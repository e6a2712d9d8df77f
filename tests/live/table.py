"""Figures and their limits, printed as they come; and parts that end whatever happens."""


class Table:
    def __init__(self, stream):
        self.stream, self.holds, self.point = stream, True, ""

    def begin(self, point):
        self.point = point

    def row(self, what, figure, limit, holds):
        self.holds = self.holds and holds
        self._print(what, figure, limit, "ok" if holds else "NOT OK")

    def most(self, what, figure, limit, unit=""):
        self.row(what, f"{figure:.6g}{unit}", f"<= {limit:g}{unit}", figure <= limit)

    def least(self, what, figure, limit, unit=""):
        self.row(what, f"{figure:.6g}{unit}", f">= {limit:g}{unit}", figure >= limit)

    def equal(self, what, figure, wanted):
        self.row(what, str(figure), f"= {wanted}", figure == wanted)

    def note(self, what, figure):
        """A figure without a limit of its own."""
        self._print(what, figure, "", "")

    def failed(self, why):
        self.row(why, "", "", False)

    def end(self, seconds):
        self._print("the whole point", f"{seconds:.0f} s", "", "")

    def _print(self, what, figure, limit, verdict):
        print(f"{self.point:9} {what:62} {figure:>14}  {limit:14} {verdict}".rstrip(), file=self.stream, flush=True)


class Parts:
    """Ends what was added, the newest first."""

    def __init__(self):
        self.parts = []

    def add(self, part):
        self.parts.append(part)
        return part

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for part in reversed(self.parts):
            part.end()
