"""Who reports, on which year, and what kind of text it is."""

from __future__ import annotations

import pytest

from checker.model import Genre
from checker.text.normalize import fold
from checker.text.reporter import read_reporter


def level(text: str) -> str:
    return read_reporter(fold(text), None, None, None).level


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("青溪县2023年法治政府建设年度报告\n2023年，青溪县坚持依法行政。", "county"),
        ("临江市人民政府关于2022年度法治政府建设情况的报告\n我市坚持依法行政。", "city"),
        ("柳河镇2024年法治政府建设工作总结\n我镇坚持依法行政。", "township"),
        ("松山县农业农村局2021年法治政府建设工作报告\n我局坚持依法行政。", "department"),
        ("西海自治区人民政府关于2017年法治政府建设情况的报告\n全区各盟市坚持依法行政。", "province"),
        # no title: the opening says who speaks
        ("一年来，石坡乡在县委、县政府领导下有序推进法治政府建设。现将石坡乡2024年工作报告如下：", "township"),
        ("中共松山县委、松山县人民政府：\n2022年，松山县人民政府办公室坚持依法行政。", "department"),
        ("2022年，省文化和旅游委坚持依法行政。现将情况报告如下：", "department"),
        ("东川市柳河区白水镇人民政府\n2021年法治政府建设工作情况报告\n2021年我深入贯彻上级要求。", "township"),
        # a publisher is not the reporter
        ("330700000000/2022-1\n区司法局\n2022-03-03\n主动公开\n2021年以来，柳河区深入推进法治政府建设。", "county"),
    ],
)
def test_the_level_is_that_of_the_body_that_reports(text: str, want: str) -> None:
    assert level(text) == want


def test_a_signature_is_no_publication_date() -> None:
    body = "松山县2023年法治政府建设年度报告\n一、主要举措\n出台文件3件。\n"
    assert read_reporter(fold(body + "（2024年1月31日）"), None, None, None).published is None
    page = "索引号：123\n发布日期：2024-02-28\n" + body
    assert read_reporter(fold(page), None, None, None).published == "2024-02-28"


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("第一条 为了规范行政复议。\n第二条 本法适用。\n第三条 行政复议机关。", Genre.STATUTE),
        ("在全县法治政府建设推进会上的讲话\n同志们：\n今年要抓好执法。", Genre.SPEECH),
        ("松山县2024年法治政府建设工作要点\n一、加强领导", Genre.PLAN),
    ],
)
def test_what_is_no_report_is_named(text: str, genre: Genre) -> None:
    assert read_reporter(fold(text), None, None, None).genre is genre
