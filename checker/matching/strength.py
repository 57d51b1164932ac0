"""S0..S4: how much the wording itself can carry."""

from __future__ import annotations

from checker import patterns
from checker.matching.elements import ACTS, Claim, Place
from checker.model import Citation, Compact, Quantity, Strength, Tense
from checker.patterns import regex

_SOFT = regex(
    r"^(?!(?:[一二三四五六七八九十]{1,2}是)?(?:坚持|始终|切实|全面|严格)*(?:将|把))(?:[一二三四五六七八九十]{1,2}是)?(?:进一步|持续|不断|切实|认真|积极|坚决|严格|严厉|及时|充分|全面|扎实|始终|牢固|深入|大力|着力|全力|有效|充分|主动|自觉|依法|统筹|稳步|逐步|有序|高标准|高质量|高效)*"
    r"(?:加强|强化|畅通|推进|深化|提升|提高|完善|健全|建立健全|建立完善|规范(?!性)|优化|落实(?!情况)|坚持|贯彻|执行(?!单位|机关|情况|效果|局)|做好|抓好|加大|重视|注重|发挥|推动|促进|营造|改进|巩固|严把|树立|增强|压实|聚焦|围绕|防范|确保|"
    r"保障(?!中心)|维护(?!站)|支持|接受|践行|把握|突出|严守|夯实|激励|严肃|杜绝|遵循|遵守|恪守|牢记|筑牢|守好|落细|构建|打造|探索|倡导|弘扬|履行|推行|实施(?!方案|意见|细则|办法|效果)|开展|按照|从源头|严禁|努力|力求|为)"
)
# 法治素养不断提升: nothing but a predicate of praise.
_ENDS_SOFT = regex(
    r"^[^\d]{2,24}(?:(?:不断|持续|逐步|稳步|显著|明显|全面|有效|进一步)(?:提升|提高|增强|加强|完善|健全|优化|规范|推进|深化|改善|发挥)|(?:扎实|深入|有序|稳步|纵深|全面)推进|更加[\u4e00-\u9fff]{2,4}|规范有序)[,;。]?$"
)
_STRICT = regex(
    r"召开|印发|出台|制定|制发|公布|发布|举办|建成|设立|(?<![完达形促造变])成立|编制|聘请|聘任|签订|纳入|列入|写入|写进|通报|约谈|上线|入驻|进驻|取消|下放|划转|移送|组建|配备|举行|挂牌|搭建|"
    r"建立(?!健全|完善|起|和完善)|推出|开设|开通|审议|听取|主持|听证会|座谈会|宣誓|公示|(?:向社会|对外|网上|挂网|上网|集中|全部)公开|晒出|挂网|废止|修订|印制|编印|编发|统一(?:登记|编号|印发|受理|管理)|办结|受理|接访|包案|演练|启动|征用|返还|补偿|发放|"
    r"销号|轮岗|批示|出庭|归档|录音|录像|澄清|查处|推送|归集|预警|互认|配套|明确|创新|梳理|组织[^,]{0,16}(?:考试|问卷|评价|调查|会商|研判|培训|检查|评查|旁听|活动|演练|学习|讲座|宣誓|宣讲|调研|测评|测试|排查|清理|评估|评议|督察|观摩)|"
    r"开展[^,]{0,20}(?:专项|活动|培训|检查|评查|评估|清理|排查|督察|督查|巡察|考核|评议|考试|宣讲|行动|监督|调研|学习|自查|比对|普查|服务)|实现[^,]{1,14}(?:全覆盖|通办|共享|对接|互通|归并|统一)|"
    r"实行[^,]{2,}|延伸|派驻|组成|吸纳|选聘|指派|运行|述职|述法|报告(?:了)?[^,]{0,6}工作|向[^,]{2,24}(?:报告|汇报|通报)|在[^,]{0,14}(?:网站|公报|平台|专栏)[^,]{0,8}(?:公开|公布|发布|刊登)|全文公开|已公开|网上可查|可(?:检索|下载|查询)|计入[^,]{0,10}考核|记入[^,]{0,10}档案|加密|脱敏|(?:政府|人大常委会):$|作了?[^,]{0,16}报告|载明|记入|记载|末位(?:发言|表态)|最后(?:发言|表态|表明)|报送|报备|备案|刊登|刊发|将[^,]{2,40}(?:作为|列为|确定为)|每[季月年周半][^,]{0,10}(?:次|通报|听取|报告|召开|开展|一)|"
    r"完成[^,]{2,16}(?:职责|改革|划转|整合|集中|挂牌|组建|修订|编制|移交)|入库|建档|立案|处置|互联|打通|整合|合并|归并|撤并|压减|精简|反馈|回访|回复|答复|采纳|邀请|观看|集中(?:受理|办理|行使|管辖|到位)|"
    r"委托[^,]{2,24}(?:机构|高校|院校|大学|第三方|律师|专家|公司|评估|论证)|[做作]了[^,]{0,10}(?:评估|论证|说明|解读)|亮证|出示[^,]{0,8}证|出具[^,]{0,10}(?:文书|告知书|意见书|法律意见)|"
    r"统一[^,]{0,14}(?:格式|文本|样式|式样|模板|管辖|行使)|在[^,]{2,20}中[^,]{0,12}(?:说明|写明|注明)|签(?:了|署|约)|会签|公告(?!栏)|专人(?:保管|管理|值守)|"
    r"书面报告|(?:提请|报)(?:请|送|经)?(?:[县市区旗州省]|同级)?(?:党委|[县市区旗州省]委|常委会|人大)|告知[^,]{0,6}当事人|与[^,]{2,12}挂钩|停工|停课|停运|发表|连载|嵌入[^,]{0,10}(?:系统|平台)|录入|磋商|"
    r"(?:将|把)[^,]{2,40}(?:作为|列为|确定为)|列为[^,]{0,8}(?:必备|要件|前置|重点任务)|(?:结果|成绩|情况|报告)[^,]{0,6}作为[^,]{0,20}(?:依据|参考|要件)|(?:挂|登|贴)[在到上][^,]{0,12}(?:网站|平台|专栏|公示栏|公开栏|报)|挂出|张贴|向[^,]{2,12}请示|"
    r"载入|如实记录|写进|提供[^,]{0,8}(?:查询|查阅|下载|检索)|作了[^,]{0,6}(?:优化|调整|修改)|事前(?:公开|公示)|按[^,]{0,8}(?:时限|规定)[^,]{0,6}(?:上报|报送|报告)|自动(?:锁定|拦截)|汇编成册|装订成册|购买|投保|刻录|装档|订立|移交|"
    r"配齐[^,]{2,12}(?:装备|设备|记录仪|仪器)|(?:开放|公开|可)查询|完成[^,]{0,18}(?:普查|调查|区划|评估)|[上下]调|当庭发言|出声发言"
)
_NAMED = regex(
    r"常务会|常委会|领导小组|议事协调|委员会|党组会|中心组|联席会议|大厅|平台|系统|热线|专栏|门户网站|政府网站|公报|目录|清单|台账|办法|细则|指引|指南|名录|名册|白皮书|责任书|意见书|建议书|告知书|"
    r"服务中心|工作站|工作室|专班|人才库|专家库|数据库|文件库|预案|示范点|联系点|培训班|讲座|会议"
)
_SLOGANS = regex(
    r"三个区分开来|三项制度|放管服|双随机|一公开|最多跑一次|一网通办|枫桥经验|关键少数|四个意识|两个维护|两个确立|四个自信|带病|零|互联网\+|一件事|一次办好|谁执法谁普法|三统一|"
    r"一窗受理|一窗通办|一站式|跨省通办|首违不罚|首违免罚|轻微不罚|应审尽审|亲清|新官[^”]{0,4}旧账|非禁即入|综合查一次|扫码入企|一支队伍管执法|首问负责|一门|一网|三定|双公示|两法衔接|府院联动|府检联动|八五普法|七五普法|三张清单|五个一|一府两院|法治政府|十四五|八五|七五|三四五|新枫桥|抄近道|一刀切|马上办|网上办|好差评|有件必备|有备必审|有错必纠|公开为常态|以罚代刑|有案不移|三重一大|第一责任人"
)
_QUOTED = regex(r"[“\"「『]([^”\"」』]{2,16})[”\"」』]")
_ALL = regex(
    r"所有|全部|件件|逐[件项一条宗户]|(?<![平人])均(?!衡|等|值)|无一|应[^,]{1,3}尽[^,]{1,3}|村村|个个|户户|一村一|一人一档|每件|都(?=已|在|由|能|是|按|履行|完成|办结|整改|答复|审[核查]|经)|百分之百|100%|全覆盖|各级各部门|一律"
)
_DONE = regex(
    r"完成|已|到位|了|经过|全覆盖|达到?|请示|报告|表态|记[录入载]|提交|送达|报送|兑现|照办|上网|公[开布示]|到庭|出庭|聘请|办[复结]|答复|整改|履行|审[查核]|流转|网办|(?:线上|网上)办理|报[^,]{0,10}(?:研究|同意|审定|批准)|举证|答辩|发言|上报|录入|公告|统一行使|覆盖所有|讨论|审议|研究|作出|直报|清退|沟通|走访|关联|实现|先过|纳入|落实|持证?|持有|配备|设[有立]|建[成立]|回复|反馈|评估|缴[入库]"
)
# 探索打造“三三”模式: on its way, but it has a name and a shape.
_TRIED = regex(r"探索(?:打造|建立|推行|形成|创新|实行|开展)|试点|培育|试行")


def strength(match: Claim, view: Compact, original: str) -> tuple[Strength, str]:
    """Strength of a matched way and why. ``original`` is the document's text (quotation marks are still in it)."""
    place = match.place
    clauses = place.clauses
    first, last = match.touched[0], match.touched[-1]
    if any(c.unfinished for _, _, c in clauses[first : last + 2]):
        return Strength.S1, "所述工作尚未完成"
    following = last + 1
    goes_on = (
        following < len(clauses)
        and clauses[following][2].tense is not Tense.PLANNED
        and _goes_on(match, view, following)
    )
    region = clauses[first : following + 1 if goes_on else following]
    parts = [view.text[a:b] for a, b, _ in region]
    core = "".join(parts[:-1] if goes_on else parts)
    text = "".join(parts)
    begin, stop = region[0][0], region[-1][1]
    own = _own_citation(match, view, begin, stop)
    figures = _own_figures(match, view, begin, stop)
    if own is not None:
        return Strength.S4, f"本级制度文件《{own.title}》"
    if figures:
        return Strength.S3, f"有量化数据 {figures[0].text}"
    ongoing = all(clauses[i][2].tense is Tense.ONGOING for i in match.touched)
    soft = [_is_soft(place, view, first + n) for n in range(len(parts))]
    if _ALL.search(core) and _DONE.search(core) and not ongoing and not soft[0]:
        return Strength.S3, "全称量词加完成时"
    if (
        len(match.home) > 1
        and not match.deed
        and _is_soft(place, view, match.home[-1])
        and _ENDS_SOFT.search(view.text[slice(*place.spans[match.home[-1]])])
    ):
        return Strength.S1, "话题只在末尾的套话里"
    concrete = _concrete(parts, soft, text, original[slice(*view.span(begin, stop))])
    tried = concrete is not None and concrete.startswith("具名做法") and _TRIED.search(core) is not None
    if (
        concrete
        and ongoing
        and not tried
        and not any(_STRICT.search(p) for p, s in zip(parts, soft, strict=True) if not s)
    ):
        return Strength.S1, "进行时，强度降一级"
    if concrete:
        return Strength.S2, concrete
    return Strength.S1, "原则表述，没有文件、数据或具体做法"


def _is_soft(place: Place, view: Compact, number: int) -> bool:
    """Whether a clause is a mere slogan; asked once however many ways touch it."""
    known = place.soft.get(number)
    if known is None:
        begin, end = place.spans[number]
        clause = view.text[begin:end]
        known = place.soft[number] = _SOFT.match(clause) is not None or _ENDS_SOFT.search(clause) is not None
    return known


def strongest(place: Place, view: Compact) -> Strength:
    """The most that any match in a sentence can get."""
    if any(c.own for c in place.sentence.citations):
        return Strength.S4
    if place.quantities or _ALL.search("".join(view.text[a:b] for a, b in place.spans)):
        return Strength.S3
    return Strength.S2


# A clause that has no matter of its own: 共86件, 完成36件, 提出意见9条. Its figures speak of what went before.
_BARE = regex(
    r"^(?:[一二三四五六七八九十]{1,2}是|其中|共计?|累计|全年|全县|全市|全区|今年(?:以来)?|20\d\d年|年内|现有?|目前|已|先后|合计|总计|平均|人均|均|分别|每[年季月周]|"
    r"占|达到?|为|约|近|超过?|有|由|从|至|到|涉及|覆盖率?|惠及|受益|参训|受训|参加|参与|提出|出具|采纳|反馈|整改率?|完成率?|办结率?|解决|形成|收到|收集|征集|纠正|发现|查出|指出|"
    r"通报|发放|发出|印发|制发|培训|合格率|参考率|及格率|通过率|满意率|办复率|面商率|答复率|回复率|及时率|规范率|审核率|审查率|采纳率|成功率|化解率|履行率|时长|"
    r"评选|评出|评定|清理|清退|清查|查摆|审查|退还|兑现|签发|问题|意见|建议|事项|条款|文件|单位|部门|企业|项目|优秀|先进|人员|干部|群众|人数|受众|资金|金额|案卷|材料|的|了|和|及|率)*(?:\d|百分之|[一二两三四五六七八九十百千]+余?[件次个人名场期项份条家起])"
)


def _goes_on(match: Claim, view: Compact, clause: int) -> bool:
    """Whether a clause goes on about the matter of the match.

    After a statement of fact it does; after a mere slogan (严格落实……制度,全年办理案件326件) only where it has no matter
    of its own or names the same act.
    """
    spans = match.place.spans
    text = view.text[slice(*spans[clause])]
    if "《" in text or _BARE.match(text) or not all(_is_soft(match.place, view, i) for i in match.home):
        return True
    acts = {m for i in match.home for m in ACTS.findall(view.text[slice(*spans[i])])}
    return bool(acts & set(ACTS.findall(text)))


def _own_figures(match: Claim, view: Compact, begin: int, stop: int) -> list[Quantity]:
    """The figures between ``begin`` and ``stop`` that speak of the match, not of the next thing in the sentence."""
    home, spans = match.home, match.place.spans
    if len(home) > 1 and not match.deed and _is_soft(match.place, view, home[-1]):
        # 审核规范性文件36件,坚持应审尽审: the figure speaks of the first clause, the slogan of the second - unless the
        # first holds the deed itself (下沉执法人员86名,不断提升基层执法能力).
        begin = spans[home[-1]][0]
    out = []
    for a, b, q in match.place.quantities:
        if a < begin or b > stop or q.previous or q.unit == "个百分点":
            continue
        at = next((i for i, (x, y) in enumerate(spans) if x <= a < y), match.touched[0])
        if at in home or _goes_on(match, view, at):
            out.append(q)
    return out


def _own_citation(match: Claim, view: Compact, begin: int, stop: int) -> Citation | None:
    for c in match.place.sentence.citations:
        at = view.index(c.start)
        if c.own and begin <= at < stop and not patterns.search(r"报告》?$|白皮书", c.title):
            return c
    return None


def _concrete(parts: list[str], soft: list[bool], text: str, original: str) -> str | None:
    for part, is_soft in zip(parts, soft, strict=True):
        if not is_soft:
            m = _STRICT.search(part)
            if m:
                return f"具体做法（{m.group()[:8]}）"
    for m in _QUOTED.finditer(original):
        if not _SLOGANS.search(m.group(1)):
            return f"具名做法“{m.group(1)}”"
    if "《" in text and not all(soft):
        return "点名文件"
    for part, is_soft in zip(parts, soft, strict=True):
        if is_soft and _NAMED.search(part) and _STRICT.search(part):
            return "具名机制或载体"
    if any(p.count("、") >= 2 and not s for p, s in zip(parts, soft, strict=True)) and _NAMED.search(text):
        return "列举具体"
    if not all(soft) and _NAMED.search(text) and patterns.search(r"^(?:[^,]*)(?:定期|常态化|带头)", text):
        return "具名机制"
    return None
