"""The data ledger and what can be recomputed."""

import pytest

from checker.figures import ledger
from checker.model import Document
from checker.text.sentences import analyze


def checked(sentence: str) -> dict[str, str | None]:
    text = "一、主要举措\n" + sentence
    analysis = analyze(Document("x.txt", "txt", "", text))
    return {text[f.quantity.start : f.quantity.end]: f.recomputed for f in ledger((analysis,))}


@pytest.mark.parametrize(
    ("sentence", "figure", "want"),
    [
        ("窗口由52个缩减至32个，压缩38.5%。", "38.5%", "ok"),
        ("窗口由52个缩减至32个，压缩48.5%。", "48.5%", "mismatch"),
        ("行政诉讼结案521件，败诉38件，败诉率7.29%。", "7.29%", "ok"),
        ("行政诉讼结案521件，败诉38件，败诉率17.3%。", "17.3%", "mismatch"),
        ("排查纠纷3,214起，化解3,168起，化解率98.6%。", "98.6%", "ok"),
        ("共受理案件30件，其中处罚20件、许可10件。", "30件", "ok"),
        ("共受理案件30件，其中处罚40件、许可10件。", "30件", "mismatch"),
        ("办理案件30件，满意率99%。", "99%", None),
        ("应诉27件，败诉0件，败诉率同比下降17.65%。", "17.65%", None),
    ],
)
def test_recomputation(sentence: str, figure: str, want: str | None) -> None:
    assert checked(sentence)[figure] == want


def test_a_figure_knows_its_noun_and_its_place() -> None:
    text = "一、主要举措\n全年指派法律援助案件664件。"
    (figure,) = ledger((analyze(Document("x.txt", "txt", "", text)),))
    assert "法律援助案件" in figure.subject
    assert text[figure.quantity.start : figure.quantity.end] == "664件"
