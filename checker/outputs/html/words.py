"""The page's own words, in one place."""

from __future__ import annotations

# What a sentence is used for at its strongest: (class, sign, words). The class colours it, the sign survives print.
USES = {
    "u4": ("4", "本级制度文件（强度 4）"),
    "u3": ("3", "量化数据（强度 3）"),
    "u2": ("2", "具体做法（强度 2）"),
    "u1": ("1", "原则表述（强度 1）"),
    "plan": ("计", "只是计划，不作成果"),
    "adm": ("问", "自认问题"),
    "den": ("否", "明确没有做"),
    "ref": ("线索", "有线索，未采信"),
}

ROLE_SIGNS = {"成": "成效", "进": "进行中", "计": "计划", "问": "问题", "否": "明确没有做", "总": "总述"}


CAVEAT = "本结论依据提交文本自动比对，不等于评审得分"
