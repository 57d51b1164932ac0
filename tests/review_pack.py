"""A small pack that has every kind of cap, a report for it, and the files that people add; for the tests of review."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.conftest import ROOT

MINI = ROOT / "tests" / "examples" / "index" / "good" / "mini"
REPORT = """清苑湾县2024年度法治政府建设情况报告
2024年，县政府深入推进法治政府建设。
一、主要做法和成效
开展案卷评查，评查案卷120卷，问题全部整改。
就3件重大决策草案公开征求意见32日。
全年办理行政指导案件85件，逐件回访。
制发监督意见书12份，全部整改到位。
群众满意度达98%。
二、存在的问题
基层执法力量还比较薄弱。
三、下一步打算
明年继续加强法治培训。
"""
_CAPPED = """id: mini-003
no: 3
title: 行政指导
requirement: 实施行政指导，台账完整。
chapter: enforcement
section: procedure
kind: practice
verifiability: C
applies_to: [county, city]
severity: minor
about: [行政指导]
elements:
  - id: guidance
    name: 实施行政指导
    any: ["行政指导 & #件|次"]
materials: [行政指导台账]
units: {lead: [司法局]}
measures: [建立台账]
status: draft
examples:
  - {text: 全年办理行政指导案件85件，逐件回访。, verdict: partial}
"""
_PARTLY = """id: mini-004
no: 4
title: 执法监督
requirement: 制发监督意见，无干预执法。
chapter: enforcement
section: procedure
kind: practice
verifiability: B
applies_to: [county, city]
severity: minor
about: [监督意见]
elements:
  - id: opinions
    name: 制发监督意见
    any: ["监督意见 & #份|件"]
  - id: no-meddling
    name: 无干预执法
    verifiability: D
    any: ["干预执法 & 无|未发生"]
materials: [监督意见书]
units: {lead: [司法局]}
measures: [开展监督]
status: draft
examples:
  - {text: 制发监督意见书12份，全部整改到位。, verdict: partial}
"""
_SURVEY = """id: mini-005
no: 5
title: 群众满意度
requirement: 群众满意度达到90%。
chapter: enforcement
section: procedure
kind: survey
verifiability: D
applies_to: [county, city]
severity: major
about: [满意度]
elements:
  - id: satisfied
    name: 群众满意
    any: ["满意度 & #%"]
materials: [第三方评估报告]
units: {lead: [司法局]}
measures: [委托评估]
status: draft
examples:
  - {text: 群众满意度达98%。, verdict: manual}
"""


def lay(folder: Path, report: str = REPORT) -> Path:
    """Pack, report and a material in ``folder``; returns it."""
    for path in MINI.rglob("*.yaml"):
        target = folder / "规则" / path.relative_to(MINI)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name, text in (("003", _CAPPED), ("004", _PARTLY), ("005", _SURVEY)):
        (folder / "规则" / "01" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "报告.txt").write_text(report, encoding="utf-8")
    (folder / "材料").mkdir(exist_ok=True)
    (folder / "材料" / "台账.txt").write_text("行政指导台账\n2024年12月20日\n", encoding="utf-8")
    return folder


def attestation(folder: Path, indicator: str = "3", **more: str) -> Path:
    """A file with one good attestation for ``indicator``; ``more`` overrides or adds lines."""
    sha256 = hashlib.sha256((folder / "材料" / "台账.txt").read_bytes()).hexdigest()
    rows = {
        "indicator": f'"{indicator}"',
        "statement": "台账85件逐件核过",
        "by": "张明",
        "unit": "县司法局",
        "date": "2025-01-10",
        "material": "材料/台账.txt",
        "sha256": sha256,
        **more,
    }
    lines = [f"{'  - ' if n == 0 else '    '}{k}: {v}" for n, (k, v) in enumerate(rows.items()) if v]
    file = folder / "佐证.yaml"
    file.write_text("attestations:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def waiver(folder: Path, indicator: str = "3", verdict: str = "partial", **more: str) -> Path:
    """A file with one good waiver."""
    rows = {
        "indicator": f'"{indicator}"',
        "verdict": verdict,
        "reason": "台账正在补录",
        "owner": "县司法局",
        "approver": "李县长",
        "expires": "2025-06-30",
        **more,
    }
    lines = [f"{'  - ' if n == 0 else '    '}{k}: {v}" for n, (k, v) in enumerate(rows.items()) if v]
    file = folder / "豁免.yaml"
    file.write_text("waivers:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return file


PINNED = {"SOURCE_DATE_EPOCH": "1740787200"}  # 2025-03-01
