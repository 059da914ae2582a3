"""Where the text of a head may well be parted: after marks, between phrases, and rather not inside a word.

Chinese writes no spaces between words. What is known without a dictionary is known here, and some words that titles
are full of; of all other pairs of Han nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cstprint.cjk.characters import WESTERN, Kind

# Prices of lines that end at a place, in one unit with heads.UNEVEN; those of numbers are cjk.places'.

#: After a mark; before a dash; at a space between Han.
MARK = 0.0
#: After 、 in a list.
PAUSE = 8.0
#: Before an opening and after a closing bracket; after 的 and 和.
PHRASE = 15.0
#: Before 和 and its kin; at a space between Latin words; between Han and Latin; between two words that are known.
SEAM = 25.0
#: Between two Han of which nothing is known.
UNKNOWN = 55.0
#: Before what belongs to the word before it (的, 们), after what belongs to the one after it (第); between two Latin
#: words in Chinese text.
HELD = 90.0
#: Inside a word.
SPLIT = 110.0
#: … more inside brackets and the titles of books, if no more than so many characters stand in them.
INSIDE, LONG_INSIDE, SHORT = 60.0, 25.0, 14

#: No more characters than these between quotes, with one of them, are a stressed word.
_STRESSED = 3
_AFTER = frozenset("的和与及暨或")
_BEFORE = frozenset("和与及暨或在对为从把将被让")
_NEVER_FIRST = frozenset("的地得了着过们者化性等之")
#: What may follow a word as a part of it: 科学|家.
_SUFFIXES = frozenset("家员会院所局部处室组站馆厂司业型界史论")
_NEVER_LAST = frozenset("第不各每该本其某")
_MARKS = frozenset("：:；;。．！？!?，,…")
_PAIRS = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "「": "」",
    "『": "』",
    "【": "】",
}
_CLOSING = frozenset(_PAIRS.values())
#: A number in Han, with what it counts.
_NUMBER = re.compile(
    "第?[〇零一二三四五六七八九十百千万亿两]+[年月日号届期次个位家项种条章节卷册篇名大国省市天]*"
)
#: English words that begin a phrase.
_FIRST = re.compile(r"(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with) ", re.IGNORECASE)
#: Words that titles of newsletters, notices and reports are full of.
_WORDS = (
    "关于 对于 由于 为了 以及 并且 或者 如何 怎样 什么 为什么 我们 他们 你们 它们 自己 大家 这个 那个 这些 "
    "那些 一个 一种 一次 目的 进一步 全面 深入 深化 加快 加强 推进 推动 促进 提高 提升 完善 健全 建立 建设 "
    "构建 落实 实施 开展 举办 举行 召开 组织 参加 启动 发布 公布 印发 征求 意见 通知 通告 公告 通报 决定 办法 "
    "规定 细则 条例 方案 规划 计划 纲要 指南 标准 规范 制度 机制 体系 体制 政策 措施 试行 草案 管理 服务 监督 "
    "检查 评价 评估 评选 评审 申报 申请 项目 课题 基金 经费 资金 资助 奖励 表彰 会议 大会 年会 论坛 讲座 培训 "
    "活动 展览 比赛 科学 技术 科技 科普 普及 知识 学术 学会 学校 大学 学院 学生 教师 教育 教学 研究 研究所 "
    "研究院 研究员 研发 实验 实验室 创新 创业 成果 转化 论文 期刊 数据 信息 网络 平台 系统 工程 工业 农业 "
    "农村 乡村 城市 城乡 社区 社会 经济 文化 历史 艺术 文学 生活 健康 医疗 医院 医学 医生 药物 疫苗 疫情 病毒 "
    "肺炎 防控 防治 治疗 诊断 临床 试验 患者 病人 感染 传播 中国 全国 国家 国际 国内 世界 全球 人类 人民 政府 "
    "部门 单位 企业 公司 机构 行业 产业 市场 贸易 投资 金融 银行 工作 任务 问题 情况 现状 趋势 未来 时代 "
    "新时代 事业 发展 高质量 质量 水平 能力 作用 影响 意义 价值 经验 案例 典型 模式 方法 理论 实践 思考 探索 "
    "探讨 讨论 分析 调查 调研 报告 总结 建议 对策 若干 具体 相关 有关 主要 重要 重大 重点 基础 基本 基层 核心 "
    "关键 应用 使用 利用 开发 设计 制造 生产 产品 材料 能源 环境 生态 保护 绿色 气候 变化 海洋 土地 资源 水利 "
    "交通 运输 铁路 公路 航天 航空 卫星 火箭 空间 地球 月球 火星 宇宙 物理 化学 生物 数学 天文 地质 植物 动物 "
    "昆虫 鸟类 森林 草原 湿地 人工 智能 机器 机器人 计算机 软件 芯片 互联网 通信 数字 数字化 信息化 智慧 安全 "
    "风险 应急 救援 灾害 地震 防灾 青年 青少年 儿童 老年 老人 妇女 女性 志愿者 会员 委员会 协会 党员 干部 "
    "专家 院士 编辑 编辑部 作者 读者 记者 访谈 采访 图书 图书馆 出版 出版社 杂志 报道 新闻 传统 现代 当代 "
    "古代 近代 春天 夏天 秋天 冬天 春节 今年 去年 明年 年度 季度 上半年 下半年 首次 首个 最新 最大 之间 之后 "
    "之前 以来 以后 下面 中心 中央 合作 交流 共享 共同 联合 协同 支持 帮助 服务业 参与 实现 完成 取得 获得 "
    "获奖 荣获 进展 突破 成功 成立 成为 走进 走向 迈向 面向 面对 应对 助力 赋能 打造 培育 培养 人才 队伍 团队 "
    "战略 行动 示范 试点 改革 开放 治理 现代化 法律 法治 司法 权利 责任 义务 道德 精神 思想 学习 教训 科学家 "
    "作家 画家 艺术家 企业家 国家级 联谊会 学术界 大赛 快报 简报 通讯 工作者 技术部 实验区 研讨会 座谈会 联席 "
    "委员 主任 主席 会长 校长 院长 总干事 秘书 秘书长 秘书处 卫生 健康委 食品 粮食 气象 环保 低碳 污染 废物 "
    "垃圾 分类 家庭 家长 孩子 朋友 故事 人物 历程 纪念 周年 致敬 怀念 追思 导读 综述 述评 评论 观察 视角 背景 "
    "形势 理念 目标 原则 路径 格局 强国 全民 素质 素养 行动计划 实践者 第二次 两会 脱贫 攻坚 扶贫 振兴 复工 "
    "复产 居家 远程 在线 线上 线下 全文 摘编 摘要 讲话 录音 整理 名单 先进 优秀 集体 个人 联系 联络 地址 电话"
)  # fmt: skip
_KNOWN = re.compile("|".join(sorted(set(_WORDS.split()), key=lambda word: (-len(word), word))))


def seams_in(text: str, kinds: Sequence[Kind]) -> list[float]:
    """Return for each place of a text, that before a character, what it costs to end a line there."""
    prices = [MARK] + [_price(text, at, kinds) for at in range(1, len(text))] + [MARK]
    for word in _KNOWN.finditer(text):
        for end in word.span():
            if prices[end] == UNKNOWN:
                prices[end] = HELD if end == word.end() and text[end] in _SUFFIXES else SEAM
        prices[word.start() + 1 : word.end()] = [SPLIT] * (word.end() - word.start() - 1)
    for number in _NUMBER.finditer(text):
        if number.end() - number.start() > 1:
            prices[number.start() + 1 : number.end()] = [SPLIT] * (number.end() - number.start() - 1)
    for first, last in _brackets(text):
        more = INSIDE if last - first <= SHORT else LONG_INSIDE
        for place in range(first, last):
            prices[place] += more
        if last - first <= _STRESSED and last + 1 < len(text) and prices[last] == PHRASE:
            prices[last] = UNKNOWN  # 怎样“洗”出来: a word that is stressed ends no phrase
    return prices


def _price(text: str, at: int, kinds: Sequence[Kind]) -> float:  # noqa: PLR0911 - a table of rules, first match wins
    before, after = text[at - 1], text[at]
    if before == " ":
        return _at_space(text, at, kinds)
    if before in _MARKS or after == "—":
        return MARK
    if before == "、":
        return PAUSE
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return HELD
    if after in _PAIRS or before in _CLOSING or before == "—" or before in _AFTER:
        return PHRASE
    pair = kinds[at - 1], kinds[at]
    if after in _BEFORE or (pair[0] is Kind.HAN) != (pair[1] is Kind.HAN):
        return SEAM
    return SPLIT if all(kind in WESTERN for kind in pair) else UNKNOWN


def _at_space(text: str, at: int, kinds: Sequence[Kind]) -> float:
    if at < 2 or text[at - 2] in _MARKS or text[at - 2] == "—":
        return MARK
    pair = kinds[at - 2], kinds[at]
    if all(kind is Kind.HAN for kind in pair):
        return MARK  # between two parts of a title
    if any(kind not in WESTERN for kind in pair):
        return SEAM
    if any(kind is Kind.HAN for kind in kinds):
        return HELD  # a name in Chinese text
    # and, of, the go with what follows them.
    last = text[: at - 1].rpartition(" ")[2]
    return HELD if _FIRST.fullmatch(last + " ") else PHRASE if _FIRST.match(text, at) else SEAM


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places after each opening bracket and before its closing one, both inside."""
    open_at: list[int] = []
    for at, character in enumerate(text):
        if character in _PAIRS:
            open_at.append(at)
        elif open_at and character == _PAIRS[text[open_at[-1]]]:
            yield open_at.pop() + 1, at + 1
