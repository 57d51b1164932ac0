"""How far 下一步 and 存在的问题 reach: the role of a sentence as the running text demands."""

from __future__ import annotations

from checker.model import Role
from checker.patterns import regex
from checker.text.outline import Piece
from checker.text.tense import SCOPE, plan_scope
from checker.text.watch import watched
from checker.text.whole import Whole

_SUBHEAD_PROBLEM = watched(
    r"(?:存在|面临)[^,。;]{0,16}(?:问题|不足|短板|差距|困难)[^,。;]{0,6}(?:[:]|主要(?:有|是|表现)|如下|一是)|主要(?:问题|不足)(?:有|是)[:]?$|(?:问题|不足)主要有[:]?"
    r"|(?:我们|同时|但|,|^)(?:也|还|更|仍)(?:应|要|须|必须)?(?:当|该)?(?:清醒地?|深刻地?)?(?:看到|认识到|注意到)(?=[,:了到]|一些|工作中|法治|存在|我)"
)
_NEXT_YEAR = watched(r"^(20[0-4]\d)年(?:度)?[,]?(?!\d{1,2}月|[-—至])")
_LEAD_IN = regex(r"[:]$")
_ITEM = regex(r"^(?:[一二三四五六七八九十]{1,2}是|[(]?\d{1,2}[).、])")
NEXT_ITEM = regex(r"^[一二三四五六七八九十]{1,2}是")


class Scope:
    """下一步 and 存在的问题 inside a paragraph hold until the paragraph (or the lines it announces) ends."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.paragraph = -1
        self.path = ""
        self.role: Role | None = None
        self.carry = False

    def role_of(self, role: Role, heading: bool, piece: Piece, start: int, end: int, span: tuple[int, int]) -> Role:
        """The role of a sentence as the running scope demands."""
        if heading or role in (Role.METADATA, Role.PLAN):
            if heading:
                self.role, self.carry = None, False
            return role
        if piece.paragraph != self.paragraph:
            if not (self.carry and piece.path == self.path):
                self.role = None
            self.paragraph, self.path = piece.paragraph, piece.path
        seen = self.whole.seen.within(*span)
        if self.role is None and not seen & (SCOPE.bit | _SUBHEAD_PROBLEM.bit | _NEXT_YEAR.bit):
            return role
        text = "".join(self.whole.folded[start:end].split())
        opener = _ITEM.sub("", text)
        if self._next_year(opener):
            self.role, self.carry = Role.PLAN, True  # 2026年,重点下好几步棋: the rest of the section is next year's
        elif plan_scope(opener):
            self.role, self.carry = Role.PLAN, bool(_LEAD_IN.search(text))
        elif self.role is not Role.PLAN and _SUBHEAD_PROBLEM.search(text) and role is not Role.PROBLEM:
            self.role, self.carry = Role.PROBLEM, True
        elif self.role is Role.PLAN and NEXT_ITEM.match(text) and not self.carry and role is Role.ACHIEVEMENT:
            self.role = None  # the next item of an achievement list begins
        return self.role or role

    def _next_year(self, opener: str) -> bool:
        m = _NEXT_YEAR.match(opener)
        return m is not None and self.whole.year is not None and int(m[1]) == self.whole.year + 1
