"""Every way a run can end, through the real command: 0 done, 1 gaps, 2 what people can mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.review_pack import PINNED, REPORT, attestation, lay, waiver

FAILED = REPORT.replace("征求意见32日", "征求意见10日")
ADMITTED = REPORT.replace("基层执法力量还比较薄弱", "案卷评查覆盖面还不够")
MISSING = REPORT.replace("开展案卷评查，评查案卷120卷，问题全部整改。\n", "")
CHECK = ("check", "报告.txt", "--index", "规则", "--format", "json")


# (name, report, extra files, arguments, exit code, a word it must say)
CASES = [
    ("never, no gaps above", REPORT, (), CHECK, 0, ""),
    ("never, with a failed red line", FAILED, (), CHECK, 0, ""),
    ("red_line, none", REPORT, (), (*CHECK, "--fail-on", "red_line"), 0, ""),
    ("red_line, failed", FAILED, (), (*CHECK, "--fail-on", "red_line"), 1, ""),
    ("red_line, a major gap is none", MISSING, (), (*CHECK, "--fail-on", "red_line"), 0, ""),
    ("major, minor gaps only", REPORT, (), (*CHECK, "--fail-on", "major"), 0, ""),
    ("major, missing", MISSING, (), (*CHECK, "--fail-on", "major"), 1, ""),
    ("major, admitted", ADMITTED, (), (*CHECK, "--fail-on", "major"), 1, ""),
    ("major, a red line of minor severity", FAILED, (), (*CHECK, "--fail-on", "major"), 1, ""),
    ("minor, capped ones", REPORT, (), (*CHECK, "--fail-on", "minor"), 1, ""),
    ("minor, all waived", REPORT, ("waive3", "waive4"), (*CHECK, "--fail-on", "minor", "--waivers", "豁免.yaml"), 0, ""),
    ("minor, one waived", REPORT, ("waive3",), (*CHECK, "--fail-on", "minor", "--waivers", "豁免.yaml"), 1, ""),
    ("minor, attested and waived", REPORT, ("attest3", "waive4only"), (*CHECK, "--fail-on", "minor", "--waivers", "豁免.yaml", "--attest", "佐证.yaml"), 0, ""),
    ("regression, same", REPORT, ("baseline",), (*CHECK, "--fail-on", "regression", "--baseline", "b.json"), 0, ""),
    ("regression, worse", FAILED, ("baseline",), (*CHECK, "--fail-on", "regression", "--baseline", "b.json"), 1, "征求意见期限"),
    ("regression, quote gone", MISSING, ("baseline",), (*CHECK, "--fail-on", "regression", "--baseline", "b.json"), 1, "评查案卷120卷"),
    ("regression, better", REPORT, ("worsebaseline",), (*CHECK, "--fail-on", "regression", "--baseline", "b.json"), 0, "不再出现"),
    ("regression but never", MISSING, ("baseline",), (*CHECK, "--baseline", "b.json"), 0, "变坏"),
    ("regression without baseline", REPORT, (), (*CHECK, "--fail-on", "regression"), 2, "--baseline"),
    ("baseline missing", REPORT, (), (*CHECK, "--baseline", "无.json"), 2, "E621"),
    ("baseline is no JSON", REPORT, ("brokenbaseline",), (*CHECK, "--baseline", "b.json"), 2, "E622"),
    ("baseline is something else", REPORT, ("otherbaseline",), (*CHECK, "--baseline", "b.json"), 2, "E623"),
    ("waiver expired", REPORT, ("expired",), (*CHECK, "--waivers", "豁免.yaml"), 2, "E605"),
    ("waiver unused", REPORT, ("unused",), (*CHECK, "--waivers", "豁免.yaml"), 2, "E606"),
    ("waiver for another verdict", REPORT, ("othverdict",), (*CHECK, "--waivers", "豁免.yaml"), 2, "E606"),
    ("waiver for no indicator", REPORT, ("unknown",), (*CHECK, "--waivers", "豁免.yaml"), 2, "E603"),
    ("waivers missing", REPORT, (), (*CHECK, "--waivers", "无.yaml"), 2, "E601"),
    ("waivers unreadable", REPORT, ("brokenwaiver",), (*CHECK, "--waivers", "豁免.yaml"), 2, "豁免.yaml:2:"),
    ("waiver without approver", REPORT, ("noapprover",), (*CHECK, "--waivers", "豁免.yaml"), 2, "approver"),
    ("attestation without its file", REPORT, ("nofile",), (*CHECK, "--attest", "佐证.yaml"), 2, "E612"),
    ("attestation with another file", REPORT, ("otherhash",), (*CHECK, "--attest", "佐证.yaml"), 2, "E614"),
    ("attestation without hash", REPORT, ("nohash",), (*CHECK, "--attest", "佐证.yaml"), 2, "sha256: "),
    ("attestation from the future", REPORT, ("future",), (*CHECK, "--attest", "佐证.yaml"), 2, "E616"),
    ("attestation from an earlier year", REPORT, ("stale",), (*CHECK, "--attest", "佐证.yaml"), 2, "E617"),
    ("attestation for no element", REPORT, ("noelement",), (*CHECK, "--attest", "佐证.yaml"), 2, "E611"),
    ("attestation outside the folder", REPORT, ("outside",), (*CHECK, "--attest", "佐证.yaml"), 2, "E618"),
    ("report missing", REPORT, (), ("check", "无.txt", "--index", "规则"), 2, "E301"),
    ("report empty", "", (), CHECK, 2, "E306"),
    ("no file at all", REPORT, (), ("check",), 2, "E002"),
    ("pack missing", REPORT, (), ("check", "报告.txt", "--index", "无"), 2, "无"),
    ("unknown option", REPORT, (), ("check", "报告.txt", "--failon", "major"), 2, "E001"),
    ("unknown level of failure", REPORT, (), (*CHECK, "--fail-on", "all"), 2, "--fail-on"),
    ("output in no folder", REPORT, (), (*CHECK[:4], "-o", "无/结果.json"), 2, "E403"),
    ("compare, same", REPORT, ("baseline",), ("compare", "b.json", "b.json", "--fail-on", "regression"), 0, ""),
    ("compare, worse", REPORT, ("baseline", "worse2"), ("compare", "b.json", "w.json", "--fail-on", "regression"), 1, ""),
    ("compare, worse but never", REPORT, ("baseline", "worse2"), ("compare", "b.json", "w.json"), 0, ""),
    ("compare, one missing", REPORT, ("baseline",), ("compare", "b.json", "无.json"), 2, "E621"),
    ("config unknown key", REPORT, ("badkey",), CHECK, 2, "是否想写「fail_on」"),
    ("config fails on minor", REPORT, ("minorconfig",), CHECK, 1, ""),
    ("command line over config", REPORT, ("minorconfig",), (*CHECK, "--fail-on", "never"), 0, ""),
    ("clock not a number", REPORT, ("badclock",), CHECK, 2, "SOURCE_DATE_EPOCH"),
    ("help", REPORT, (), ("check", "--help"), 0, "--fail-on"),
    ("no such command", REPORT, (), ("chek",), 2, "没有这个命令"),
]  # fmt: skip


def prepare(run: Run, folder: Path, extra: tuple[str, ...]) -> None:
    for name in extra:
        match name:
            case "waive3":
                waiver(folder)
            case "waive4":
                first = (folder / "豁免.yaml").read_text(encoding="utf-8")
                second = waiver(folder, "4").read_text(encoding="utf-8").removeprefix("waivers:\n")
                (folder / "豁免.yaml").write_text(first + second, encoding="utf-8")
            case "waive4only":
                waiver(folder, "4")
            case "attest3":
                attestation(folder)
            case "expired":
                waiver(folder, expires="2025-02-28")
            case "unused":
                waiver(folder, "1", "missing")
            case "othverdict":
                waiver(folder, "3", "weak")
            case "unknown":
                waiver(folder, "99")
            case "brokenwaiver":
                (folder / "豁免.yaml").write_text("waivers:\n  - indicator：3\n", encoding="utf-8")
            case "noapprover":
                waiver(folder, approver="")
            case "nofile":
                attestation(folder, material="材料/没有.txt")
            case "otherhash":
                attestation(folder, sha256="0" * 64)
            case "nohash":
                attestation(folder, sha256="")
            case "future":
                attestation(folder, date="2025-03-02")
            case "stale":
                attestation(folder, date="2023-12-31")
            case "noelement":
                attestation(folder, elements="[guidence]")
            case "outside":
                attestation(folder, material="../台账.txt")
            case "baseline" | "worsebaseline":
                good = (folder / "报告.txt").read_text(encoding="utf-8")
                text = REPORT if name == "baseline" else MISSING
                (folder / "报告.txt").write_text(text, encoding="utf-8")
                done = run(*CHECK[:4], "--format", "baseline", "-o", "b.json", cwd=folder, env=PINNED)
                assert done.returncode == 0, done.stderr.decode()
                (folder / "报告.txt").write_text(good, encoding="utf-8")
            case "worse2":
                (folder / "报告.txt").write_text(FAILED, encoding="utf-8")
                assert run(*CHECK[:4], "-o", "w.json", cwd=folder, env=PINNED).returncode == 0
            case "brokenbaseline":
                (folder / "b.json").write_text("{", encoding="utf-8")
            case "otherbaseline":
                (folder / "b.json").write_text('{"schema": "checker-record/1"}', encoding="utf-8")
            case "badkey":
                (folder / "checker.toml").write_text('fail-on = "minor"\n', encoding="utf-8")
            case "minorconfig":
                (folder / "checker.toml").write_text('fail_on = "minor"\n', encoding="utf-8")


@pytest.mark.parametrize(("name", "report", "extra", "args", "code", "word"), CASES, ids=[c[0] for c in CASES])
def test_exit_code(
    run: Run,
    tmp_path: Path,
    name: str,
    report: str,
    extra: tuple[str, ...],
    args: tuple[str, ...],
    code: int,
    word: str,
) -> None:
    lay(tmp_path, report)
    prepare(run, tmp_path, extra)
    env = {**PINNED, "SOURCE_DATE_EPOCH": "morgen"} if "badclock" in extra else PINNED
    done = run(*args, cwd=tmp_path, env=env)
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert word in said
    if code == 2:
        assert not done.stdout, "nothing is given out of a run that could not be made"


def test_the_table_is_as_long_as_promised() -> None:
    assert len(CASES) >= 30
    assert {c[4] for c in CASES} == {0, 1, 2}
