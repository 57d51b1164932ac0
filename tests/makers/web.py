"""Three layouts of government pages with everything around the article that such pages have."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

LAYOUTS = ("editor", "tables", "unknown")


def page(lines: Sequence[str], layout: str, *, title: str = "", facts: dict[str, str] | None = None) -> str:
    """A page that carries the lines as its article. ``facts``: 索引号, 发布机构, 发布日期, 公开方式 ..."""
    facts = facts or {}
    nav = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("首页", "政务公开", "政务服务", "互动交流", "走进本县"))
    foot = "<div class='footer'><p>版权所有：某县人民政府 备案号：京ICP备00000000号 公网安备00000000000000号</p><p>今天是：2019年10月31日 星期四</p></div>"
    related = "".join(f'<li><a href="/n{n}.html">法治政府建设推进会召开之{n}</a></li>' for n in range(8))
    if layout == "editor":
        rows = "".join(f"<tr><td><b>{k}:</b></td><td>{v}</td></tr>" for k, v in facts.items())
        body = "".join(f"<p>&emsp;&emsp;<span>{escape(x[:20])}</span><span>{escape(x[20:])}</span></p>" for x in lines)
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_某县人民政府</title><script>var a='<p>脚本</p>';</script></head>"
            f"<body><div class='top'><span>今天是：2019年10月31日 星期四</span><ul class='nav'>{nav}</ul></div><div class='weizhi'>当前位置：首页 > 政务公开 > 报告</div>"
            f"<table class='xxgk_head'>{rows}</table><h1>{title}</h1><div class='share'>分享到：微信 微博</div>"
            f"<div class='TRS_Editor'><style>p{{}}</style>{body}<p>扫一扫在手机打开当前页</p></div>"
            f"<div class='related'><h3>相关阅读</h3><ul>{related}</ul></div>{foot}</body></html>"
        )
    if layout == "tables":
        head = "　".join(f"{k}：{v}" for k, v in facts.items())
        body = "<br>".join("　　" + escape(x) for x in lines)
        return (
            f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=gb2312'><title>{title}</title></head><body>"
            f"<table width='1000'><tr><td><ul>{nav}</ul></td></tr><tr><td><table><tr><td id='bt'>{title}</td></tr>"
            f"<tr><td>{head}　浏览次数：12　字体：【大 中 小】</td></tr><tr><td id='zoom'>{body}</td></tr>"
            f"<tr><td>【打印正文】【关闭窗口】</td></tr></table></td></tr><tr><td>{foot}</td></tr></table></body></html>"
        )
    metas = {"发布日期": "PubDate", "发布机构": "ContentSource"}
    tags = "".join(f"<meta name='{metas[k]}' content='{v}'>" for k, v in facts.items() if k in metas)
    left = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in facts.items() if k not in metas)
    body = "".join(f"<div class='x{n % 3}'>{escape(x)}</div>" for n, x in enumerate(lines))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{tags}<title>{title}-某县</title></head><body>"
        f"<div id='app'><div class='q1'><dl>{left}</dl></div><div class='q2'><ul>{nav}</ul></div>"
        f"<div class='q3'><div class='q4'><p class='t'>{title}</p><div class='q5'>{body}</div></div>"
        f"<div class='q6'><ul>{related}</ul></div></div></div>{foot}</body></html>"
    )
