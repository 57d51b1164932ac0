"""What people add to a run (waivers, attestations) and what a run is held against (an earlier one)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from checker.errors import Location
from checker.model.words import Verdict


class Waiver(Struct, frozen=True):
    """A gap that is let stand for a while. It covers one verdict of one indicator and never turns into a pass."""

    indicator: str
    verdict: Verdict
    reason: str
    owner: str
    approver: str
    expires: date
    place: Location

    @property
    def text(self) -> str:
        """One line for outputs."""
        return f"豁免至 {self.expires}：{self.reason}（责任 {self.owner}，批准 {self.approver}）"


class Attestation(Struct, frozen=True):
    """A person says that a thing was looked at, and which file shows it.

    ``elements`` are ids of elements; empty means the indicator as a whole. ``material`` is the path as outputs show it;
    its content was held against ``sha256`` when this was read.
    """

    indicator: str
    elements: tuple[str, ...]
    statement: str
    by: str
    unit: str
    date: date
    material: str
    page: str
    sha256: str
    place: Location

    @property
    def text(self) -> str:
        """One line for outputs: who, when, what, which file."""
        page = f" {self.page}" if self.page else ""
        return f"{self.unit}{self.by} {self.date} 核验：{self.statement}（材料 {self.material}{page}）"


class Trace(Struct, frozen=True):
    """A piece of evidence as an earlier run knew it: by its words, not by its line."""

    element: str | None
    use: str
    quote: str
    fingerprint: str


class Entry(Struct, frozen=True):
    """One indicator as a run left it."""

    indicator: str
    number: str
    title: str
    verdict: Verdict
    waived: bool
    lifted: bool
    red_line: bool
    covered: tuple[tuple[str, str], ...]
    evidence: tuple[Trace, ...]


class Snapshot(Struct, frozen=True):
    """What a run is remembered by. ``source`` is the file it was read from."""

    source: str
    index_id: str
    index_sha256: str
    year: int | None
    place: str
    entries: tuple[Entry, ...]


class Difference(Struct, frozen=True):
    """How one indicator changed.

    ``kind``: ``worse``, ``better``, ``changed`` (neither), ``appeared``, ``vanished`` (the indicator itself),
    ``uncovered`` (an element lost its support), ``lost`` (a quote no longer stands in the text), ``unaccepted`` (it
    stands but no longer counts), ``waiver``, ``reopened`` (closed in the workbook, worse now). ``fails`` says that ``--fail-on regression`` stops at it.
    """

    kind: str
    indicator: str
    number: str
    title: str
    old: Verdict | None
    new: Verdict | None
    quotes: tuple[str, ...]
    message: str
    fails: bool


class Comparison(Struct, frozen=True):
    """Two runs side by side. ``notes`` says what stands between them (other rules, another year, text not at hand)."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def regressions(self) -> tuple[Difference, ...]:
        """What is new or worse."""
        return tuple(d for d in self.differences if d.fails)


class Closed(Struct, frozen=True):
    """A problem that people closed in the workbook, with the machine's verdict at that time (None: not known)."""

    indicator: str
    verdict: Verdict | None
    source: str


class Review(Struct, frozen=True):
    """All that people added to one run. ``today`` decides what has run out."""

    today: date = date.min
    waivers: tuple[Waiver, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    baseline: Snapshot | None = None
    closed: tuple[Closed, ...] = ()

    def attested(self, indicator: str) -> tuple[Attestation, ...]:
        """The attestations for one indicator."""
        return tuple(a for a in self.attestations if a.indicator == indicator)


class InputFile(Struct, frozen=True):
    """A file that a run read, and its content by hash. ``role``: document, waivers, attest, baseline, workbook."""

    role: str
    path: str
    sha256: str


class Leak(Struct, frozen=True):
    """Something that should not be passed on: ``kind`` is 身份证号, 手机号 or 密级标志."""

    kind: str
    start: int
    end: int


class Material(Struct, frozen=True):
    """A file that shows something, as the manifest lists it. ``path`` is relative to the folder, with ``/``."""

    path: str
    indicators: tuple[str, ...]
    title: str
    number: str
    issuer: str
    date: date | None
    page: str
    sha256: str
    public: bool
    kind: str
    place: Location


class Manifest(Struct, frozen=True):
    """The list of materials of one folder. ``start`` and ``end`` bound the period that dates must lie in."""

    path: str
    start: date | None
    end: date | None
    materials: tuple[Material, ...]


class MaterialCheck(Struct, frozen=True):
    """One thing found about a material. ``state``: ``bad``, ``unverified`` (could not be looked at) or ``note``."""

    state: str
    code: str
    subject: str
    message: str
    place: Location
