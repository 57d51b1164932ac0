"""What a clause says about time and polarity: achieved, ongoing or planned; claimed, admitted or denied."""

from __future__ import annotations

from checker import patterns
from checker.model import Polarity, Tense
from checker.patterns import regex
from checker.text.watch import ALL, watched

# 将 + noun … + one of these verbs is 把字句, not the future.
_DISPOSAL = regex(
    r"将[^,;。并]{1,60}?(?:列入|纳入|作为|列为|划转|划入|划归|移交|融入|贯穿|下放|转交|转送|推送|确定为|调整为|缩减|压缩|精简|归集|分解|写入|写进|转为|摆在|放在|"
    r"统一划|录入|移送|上传|公布|公开|覆盖|延伸|整合|变|赋予|与)"
)
_FUTURE = watched(
    r"(?:还|也|均|都|我们|我县|我区|我市|政府|年|县|区|市|局|镇|,|^)将(?:于|在|会|继续|进一步|持续|重点|着力|推动|推进|加强|加大|加快|深化|强化|完善|健全|建立|"
    r"开展|探索|组织|实施|制定|出台|印发|修订|召开|举办|严格|全面|积极|认真|按照|围绕|聚焦|坚持|紧紧|以|从|不断|努力|结合|适时|启动|归集|建设|打造|"
    r"对|牢牢|深入|大力|切实|抓|把|是)"
    r"|(?:^|[,;])将(?:继续|进一步|持续|重点|着力|于|会|适时|不断|努力)"
)
_INTEND = watched(
    r"(?<![草模虚比])拟(?=(?:于|在|对|将|开展|出台|制定|建立|修订|推|采取|组织|启动|建|新|年))(?![^,;。]{0,14}的|[^,;。]{2,8}(?:措施|文件|政策|规定|办法|方案|决策|事项)\d+[份件项个部条]{1,2}[^,;。\d])"
)
_SCHEDULE = watched(
    r"计划(?:于|在|到|用|通过(?!率)|年内|明年|20\d\d年|\d+月)|预计|力争|争取(?!到|资金|支持|上级)|有望|即将|正在筹(?!措)|(?<!统)筹建|(?<!统)筹备(?!案)(?:建|成立|设立)?|酝酿|着手(?:准备|起草)|"
    r"(?:^|[,;、])谋划(?!部署)|拟建|待[^,;。]{1,12}后|届时|建成后(?:将|可)|(?<!以)争创|来年|明年|下一?年度?(?=[^的]{0,6}(?:工作|将|拟|计划|我))"
)
SCOPE = watched(
    r"^(?:针对[^,;。]{1,20}(?:问题|不足|短板),)?(?:在)?(?:下一?步|下一?阶段|今后|明年|来年|下一年|新的一年|未来)"
)
_ONGOING = watched(
    r"正在|积极(?:构建|打造|推进|推动|探索|创建|开展)|深入(?:推进|推动)|持续|不断|逐步|着力|大力(?:推进|推动|实施)|加快(?:推进|构建|建设|推动)|稳步|扎实推进|纵深推进|"
    r"全力|推动实现|推动[^,;。]{0,16}全覆盖|探索|进一步|有序推进"
)
_UNFINISHED = watched(
    r"初稿|可行性研究(?=报告|获|通过|阶段|已|编制|批)|前期准备|正在招标|招标(?:前期|阶段|准备|公告)|初步设计|(?<![予以])立项(?![时环前审申建、])|尚在|正在(?:起草|编制|建设|制定|修订|筹|推进过程|研究|征求)|在建|待批|建成后|起草(?:完成|中$|了)(?![^,;。]{0,10}(?:出台|印发))|"
    r"推进过程当?中|有待上线"
)

_ADMIT = watched(
    r"有待|还不够|不够(?!(?:条件|格的|标准))|尚未|尚不|尚需|仍需|仍然?(?:存在|较|有|缺|未)|还需|亟[待需]|不到位|不平衡|不均衡|不充分|不及时|不规范|不健全|不完善|不深入|不彻底|不明显|"
    r"尚处|起步(?:阶段|较晚)|刚刚?起步|(?:推进|进展|整改|清偿|推动)(?:较为|比较|相对)?缓慢|没有(?:得到)?(?:根本|完全|真正|彻底|有效)|未(?:得到)?(?:根本|完全|真正|彻底)|不畅|不理想|不经常|不明晰|"
    r"走形式|敷衍|断层|未如约|未兑现|推诿扯皮|缺口|问题(?:较为|比较|仍然?)?(?:普遍|突出|严重)|签而不到|不牢固|不严(?!重)|不强(?!制|求|迫)|不高(?!于)|不足(?!\d)|不适应|不相适应|不匹配|不顺畅|不紧密|不扎实|不统一|不全面|不精准|不均|不浓|不实(?!施|行|名|体|信|传|言|举|报|消|疫|灾|说|内|舆)|不多|不广|不力|不细|"
    r"差距|短板|弱项|薄弱|偏低|偏软|偏弱|偏少|(?<!风险)偏高|偏慢|偏紧|较弱|较少|较低|较窄|面窄|滞后|缺乏|欠缺|短缺|缺失|参差不齐|流于形式|走过场|重[^,;。]{1,6}轻|拖延|依然存在|时有发生|"
    r"偶有|不同程度存在|未能完全|未完全|未杜绝|尚有|老化|单一|匮乏|不愿|(?<!会)不会|不敢|把关不严|质量不高|落实不|意识淡薄|认识不|力量不|"
    r"套用模板|一人所|少且|紧缺|较大压力|难以|跟不上|脱节|空转|形式化|碎片化|低效|存在[^,;。]{0,24}(?:问题|不足|现象|情况|隐患|风险点)(?!的)"
)
# The marker is an attribute of something that is being dealt with, or part of a fixed phrase.
_ADMIT_OFF = regex(
    r"(?:针对|聚焦|解决|破解|整治|纠正|补齐|补强|防止|避免|杜绝|克服|严防|消除|改变|治理|整改|化解|查找|查摆|查出|查实|揭示|审出|排查|发现|梳理|围绕|抓住|弥补|补足|防范|查处|严查|瞄准|紧盯|着眼)[^,;。]{0,24}$|(?:没有|未(?:出现|发生|发现)|^无|全无)[^,;。]{0,4}$"
)
_ADMIT_FIXED = regex(
    r"不断|不仅|不但|无论|无缝|无感|无证明|不公开为例外|不足(?:\d|一|两|三|五|十)|不严重|不少于|不低于|不高于|认识不断|落实不断|力量不断|查漏?补(?:缺|短)|补短板|强弱项|剖析不足|总结不足"
)
_REVERSED = regex(
    r"(?:均已|已全部|全部|已)?(?:整改(?:到位|完成|完毕|销号|率)|完成整改|限期改正|立行立改|销号|纠正到位|已整改|予以纠正|得到(?:有效)?解决)"
)

# 意识淡薄的考察对象暂缓使用: the shortcoming is somebody's, and it was acted on.
_HANDLED = regex(
    r"[^,;。]{0,4}(?:逐条|逐项|一一)(?:列名|列明|列出|公开|对照)|[^,;。]{0,16}的[^,;。]{1,14}(?:暂缓|约谈|通报|调离|问责|处理|整改|督促|责令|补考|淘汰|退回|曝光|清退|整治|帮扶|纠正|发出|下发|制发|印发|发函|提醒|督办|预警|清掉|取消|废止|清理|暂停|限期|补更)"
)

# 因履职不力……问责处理干部26人: somebody was held to account.
_CALLED_OUT = regex(r"(?:因|由于|针对|对)[^,;。]{0,24}$")
_CALLED = regex(
    r"问责|追责|约谈|通报批评|处分|处理[^,;。]{0,6}(?:干部|人|公职)|立案审查|组织处理|诫勉|政务处分|离岗培训|批评教育|限期整改|责令|督促整改|清退|退回|调离|暂缓(?:任用|提拔|使用)|不予(?:提拔|任用)|取消资格"
)

_VERBS = (
    "设立|建立|开展|制定|公布|组织|出台|编制|配备|实行|落实|健全|成立|明确|执行|履行|公开|报送|报备|备案|答复|移送|审核|审查|办理|完成|实施|启动|举办|召开|"
    "形成|建成|达到|达标|统一|归档|反馈|安排|聘请|修订|评查|评估|听取|公示|整改"
)
_DENY = watched(
    rf"(?<!尚)未(?:能|按|依法|按照|按期|及时|按时|如期|严格|全面|专门|单独|进行|在[^,;。]{{1,16}}(?:内|前|期限|时限))*[^,;。]{{0,4}}?(?:{_VERBS})"
    rf"|没有(?:{_VERBS})|(?:没有|未)[^,;。]{{1,12}}(?:就|便)(?:开工|实施|上会|印发|作出|执行|处罚|出台|签订|发布)|未(?:进行|见)(?:[^,;。]{{0,8}})(?:评估|审查|公示)|无(?:专门机构|专职人员|相关制度)"
)
_DENY_OFF = regex(
    r"无一|没有一|未被|未[^,;。]{1,12}的[^,;。]{0,10}(?:不得|一律|不予|无法|不能|拒收|退回)|未经|未通过|未发[现生]|未出现|未收到|未引发|未予|未到|未尽|未采纳|未成年|从未|未来|不得|一律不|方可|才能|严禁|杜绝|凡|对未|防止|避免|如未|若未|未[^,;。]{1,12}的[,]?(?:不得|一律|不|单位|情况|问题|行为|项目|事项|,)"
)


_LATE = regex(r"未(?:及时|按时|按期|如期|依时)")
# Some of many did not: a shortcoming that is admitted, not a denial of the whole.
_SOME = regex(r"部分|个别|少数|有的|一些|有些|少量|极少")


# After 但 a clause speaks of what is wanting, in weaker words than an admission needs elsewhere.
TURN = watched(r"^[“\"']?(?:但是?|然而|不过|可是)(?!凡|愿|书)")
_WANTING = regex(
    r"不(?!断|仅|但|少于|低于|断|同|忘|停|折不扣|放松|松劲|止步|变|漏|留|欠|拖)|未(?!来|成年|发生|出现)|没有(?!一)|仍|尚|缺(?!席)|偏|较[低少弱慢差难短窄]|滞后|缓慢|交叉|空白|起步|普遍|个别|部分|有的|有些|一些|少数|短板|差距|问题|压力|隐患|薄弱|难[以题点]"
)
_MENDED = regex(r"提升|提高|增长|实现|完成|解决了|得到(?:有效)?解决|已(?:全部|整改|完成|解决)|圆满|顺利|创新|突破|坚持")


def turns(clause: str) -> bool:
    """Whether a clause turns away from what was said before it (但……)."""
    return TURN.match(clause) is not None


def wanting(clause: str) -> bool:
    """Whether a clause behind a turn tells of something wanting."""
    return _WANTING.search(clause) is not None and _MENDED.search(clause) is None


def plan_scope(clause: str) -> bool:
    """Whether the clause opens a stretch of plans (下一步, 明年 …)."""
    return SCOPE.match(clause.lstrip("但而同时并")) is not None


def tense(clause: str, seen: int = ALL) -> Tense:
    """Tense of a clause (folded, without quotation marks) taken by itself.

    ``seen`` are the bits of the watched patterns whose literals occur in the clause (here and below).
    """
    if (seen & _INTEND.bit and _INTEND.search(clause)) or (seen & _SCHEDULE.bit and _SCHEDULE.search(clause)):
        return Tense.PLANNED
    if (
        seen & _FUTURE.bit
        and _FUTURE.search(clause)
        and not (_DISPOSAL.search(clause) and not patterns.search(r"(?:还|也|均|年)将|将(?:继续|进一步|于|会)", clause))
    ):
        return Tense.PLANNED
    if seen & _ONGOING.bit and _ONGOING.search(clause):
        return Tense.ONGOING
    return Tense.ACHIEVED


_CARRIES = regex(r"^(?:还|也|均)?(?:将|拟|力争|争取|计划|预计|有望|确保.{0,6}年)")
_HAPPENED = regex(
    r"已|(?<![公])共(?=\d|[一二三四五六七八九十百]|有|计|组织|开展|办|受理|召开|收|查|培训|发放|审|举)|全年|累计|目前|截至|今年|20\d\d年"
)


def carries_on(clause: str) -> bool:
    """Whether a planned clause makes plans of the clauses that follow it (力争三年内修订预案,组织演练)."""
    return _CARRIES.match(clause) is not None


def happened(clause: str) -> bool:
    """Whether a clause says by itself that it speaks of what is done."""
    return _HAPPENED.search(clause) is not None


def unfinished(clause: str, seen: int = ALL) -> bool:
    """Whether the clause tells of work that is not done yet although it sounds like progress."""
    return seen & _UNFINISHED.bit != 0 and _UNFINISHED.search(clause) is not None


def polarity(clause: str, rest: str = "", seen: int = ALL) -> Polarity:
    """Polarity of a clause; ``rest`` is what follows it in the sentence (a shortcoming that was mended is none)."""
    for m in _DENY.finditer(clause) if seen & _DENY.bit else ():
        around = clause[max(0, m.start() - 8) : m.end() + 10]
        if not _DENY_OFF.search(around):
            late = _LATE.match(m.group())  # done, but late: a shortcoming, not a denial
            return Polarity.ADMITTED if late or _SOME.search(clause[: m.start()]) else Polarity.DENIED
    for m in _ADMIT.finditer(clause) if seen & _ADMIT.bit else ():
        if _ADMIT_FIXED.match(clause, m.start()) or _ADMIT_OFF.search(clause[: m.start()]):
            continue
        if any(f.start() <= m.start() < f.end() for f in _ADMIT_FIXED.finditer(clause)):
            continue
        if _HANDLED.match(clause, m.end()) or (_CALLED_OUT.search(clause[: m.start()]) and _CALLED.search(clause)):
            continue
        if _REVERSED.search(clause[m.end() :] + "," + rest[:40]):
            continue
        return Polarity.ADMITTED
    return Polarity.POSITIVE
