from hypothesis import given
from hypothesis import strategies as st

from checker.text.normalize import compact, fold, fold_phrase

TEXT = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("，。；：（）“”《》 \n\t　ＡＢ１２%％縣國們將 、|")),
    max_size=300,
)


@given(TEXT)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXT)
def test_compact_spans_lead_back_to_the_same_characters(text: str) -> None:
    folded = fold(text)
    view = compact(folded)
    offsets = [view.offset(i) for i in range(len(view.text))]
    assert offsets == sorted(set(offsets))
    assert [view.index(o) for o in offsets] == list(range(len(view.text)))
    for i, char in enumerate(view.text):
        start, end = view.span(i, i + 1)
        assert folded[start:end] == char


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold_phrase(once) == fold_phrase(text)


def test_full_width_quotes_and_spaces_do_not_hide_a_phrase() -> None:
    assert fold_phrase("“三项 制度”") == "三项制度"
    assert "三项制度" in compact(fold("行政执法「三 项\n制度」")).text


def test_traditional_text_is_folded_and_words_of_mirrors_too() -> None:
    text = "全縣推行一個視窗辦理,嚴格執行行政執法程序,對會議發言記錄進行審查,開展學習,國務院與將來"
    folded = fold(text)
    assert len(folded) == len(text)
    assert "一个窗口办理" in folded
    assert "严格执行行政执法程序" in folded


def test_cells_of_a_table_do_not_run_together() -> None:
    assert compact(fold("其中：按期报备（件）            36          92.3%")).text == "其中:按期报备(件),36,92.3%"
    assert compact(fold("出庭率 92.3%")).text == "出庭率92.3%"
