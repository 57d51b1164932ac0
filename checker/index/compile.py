"""Plain validated data -> the frozen Index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.index.way import Group, Groups, parse_require, parse_way
from checker.model import (
    Abbreviation,
    Change,
    Chapter,
    Element,
    Example,
    Index,
    Indicator,
    Layer,
    Metric,
    Section,
    Threshold,
    Way,
)

Data = dict[str, Any]


def compile_groups(lexicon: Data) -> dict[str, Group]:
    """Groups of the lexicon by name."""
    return {
        g["name"]: Group(g["name"], tuple(map(str, g.get("any") or ())), tuple(map(str, g.get("none") or ())))
        for g in lexicon.get("groups") or ()
    }


def _ways(values: list[Any] | None, groups: Mapping[str, Group]) -> tuple[Way, ...]:
    if isinstance(groups, Groups):
        return tuple(map(groups.way, values or ()))
    return tuple(parse_way(v, groups) for v in values or ())


def compile_indicator(data: Data, groups: Mapping[str, Group], path: str = "", line: int = 1) -> Indicator:
    """One indicator; raises WayError where a way is wrong (lint reports those with their place first)."""
    units = data.get("units") or {}
    return Indicator(
        id=data["id"],
        no=data["no"],
        title=data["title"],
        requirement=data["requirement"],
        official_text=data.get("official_text"),
        provenance=data.get("provenance") or "reconstructed",
        chapter=data["chapter"],
        section=data["section"],
        kind=data["kind"],
        verifiability=data["verifiability"],
        applies_to=tuple(data["applies_to"]),
        severity=data["severity"],
        red_line=bool(data.get("red_line")),
        basis=tuple(data.get("basis") or ()),
        thresholds=tuple(Threshold(t["kind"], t["text"]) for t in data.get("thresholds") or ()),
        about=_ways(data.get("about"), groups),
        elements=tuple(_element(e, groups, data["verifiability"]) for e in data.get("elements") or ()),
        metrics=tuple(_metric(m, groups) for m in data.get("metrics") or ()),
        admits=_ways(data.get("admits"), groups),
        fails=_ways(data.get("fails"), groups),
        none=tuple(data.get("none") or ()),
        materials=tuple(data.get("materials") or ()),
        lead=tuple(units.get("lead") or ()),
        support=tuple(units.get("support") or ()),
        measures=tuple(data.get("measures") or ()),
        status=data.get("status") or "draft",
        examples=tuple(
            Example(e["text"], e["verdict"], e.get("section"), e.get("level")) for e in data.get("examples") or ()
        ),
        path=path,
        line=line,
        official_no=data.get("official_no"),
        replaced_by=data.get("replaced_by"),
    )


def _element(data: Data, groups: Mapping[str, Group], verifiability: str) -> Element:
    return Element(
        id=data["id"],
        name=data["name"],
        required=data.get("required", True) is not False,
        ways=_ways(data.get("any"), groups),
        none=tuple(n for item in data.get("none") or () for n in _phrases(item, groups)),
        within=data.get("within") or "sentence",
        whole=bool(data.get("whole")),
        honours=bool(data.get("honours")),
        verifiability=data.get("verifiability") or verifiability,
        metrics=tuple(data.get("metrics") or ()),
    )


def _phrases(item: str, groups: Mapping[str, Group]) -> tuple[str, ...]:
    return tuple(o for way in _ways([item], groups) for t in way.terms for o in t.options)


def _metric(data: Data, groups: Mapping[str, Group]) -> Metric:
    return Metric(
        id=data["id"],
        name=data["name"],
        subject=_ways(data["subject"], groups),
        unit=data.get("unit") or "",
        require=parse_require(data["require"]) if data.get("require") else None,
        kind=data.get("kind") or "index_recalled",
        good_when=data.get("good_when") or "none",
        single=bool(data.get("single")),
        none=tuple(data.get("none") or ()),
    )


def _layer(data: Data) -> Layer:
    return Layer(
        data["id"],
        data["title"],
        data["version"],
        data["sha256"],
        tuple(Change(c["version"], c["date"], c["text"]) for c in data["changelog"]),
    )


def compile_index(pack: Data) -> Index:
    """A whole pack: ``{"index": …, "lexicon": …, "indicators": [{path, line, data}], "sha256": …}``."""
    groups = Groups(compile_groups(pack["lexicon"]))
    head = pack["index"]
    chapters = tuple(
        Chapter(c["id"], c["name"], tuple(Section(s["id"], s["name"]) for s in c["sections"])) for c in head["chapters"]
    )
    every = sorted(
        (compile_indicator(i["data"], groups, i["path"], i["line"]) for i in pack["indicators"]),
        key=lambda i: (i.no, i.id),
    )
    return Index(
        id=str(head["id"]),
        title=head["title"],
        edition=str(head["edition"]),
        version=str(head.get("version") or "0"),
        provenance=(head.get("provenance") or "").strip(),
        chapters=chapters,
        indicators=tuple(i for i in every if i.status != "deprecated"),
        abbreviations=tuple(
            Abbreviation(a["name"], tuple(a["means"])) for a in pack["lexicon"].get("abbreviations") or ()
        ),
        sha256=pack["sha256"],
        notice=(head.get("notice") or "").strip(),
        retired=tuple(i for i in every if i.status == "deprecated"),
        layers=tuple(_layer(x) for x in pack.get("layers") or ()),
    )
