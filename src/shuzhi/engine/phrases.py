"""The words of a derivation, in both languages."""

PHRASES: dict[str, tuple[str, str]] = {  # Chinese, English
    "ratio": ("完成值 ÷ 目标值，最高按 {cap} 计", "value ÷ target, at most {cap}"),
    "ratio_down": ("目标值 ÷ 完成值，最高按 {cap} 计", "target ÷ value, at most {cap}"),
    "linear": (
        "{zero} 得 0，{full} 得满分，其间按比例",
        "0 at {zero}, full at {full}, straight between",
    ),
    "bands": ("分档计分：{bands}", "by bands: {bands}"),
    "band": ("{bound} 及以上得 {rate}%", "{rate} % from {bound} up"),
    "band_rest": ("其余得 {rate}%", "{rate} % below"),
    "flag": ("完成得满分，未完成得 0", "full when done, 0 when not"),
    "shortfall": (
        "目标 {target}，每少 {each} 扣 {deduct} 分，扣完为止",
        "target {target}; each {each} short takes {deduct} points, down to 0",
    ),
    "excess": (
        "上限 {target}，每超 {each} 扣 {deduct} 分，扣完为止",
        "limit {target}; each {each} beyond takes {deduct} points, down to 0",
    ),
    "manual": ("直接评定得分", "points as given"),
    "ratings": ("各类测评得分率按权重加权", "categories of raters, weighted"),
    "events": (
        "{start} 分起，按发生事项加减，限 {low} 至 {high} 分",
        "from {start}, plus what happened, held between {low} and {high}",
    ),
    "events_once": (
        "同一事项只计一次（加分取最高，扣分取最重）",
        "the same matter counts once: its highest bonus, its heaviest deduction",
    ),
    "minmax": (
        "与{peers}比较：(本值 − 最低)÷(最高 − 最低)",
        "among {peers}: (own − lowest) ÷ (highest − lowest)",
    ),
    "minmax_down": (
        "与{peers}比较：(最高 − 本值)÷(最高 − 最低)",
        "among {peers}: (highest − own) ÷ (highest − lowest)",
    ),
    "rank": (
        "与{peers}比较：(低于本单位的 + 相同的一半)÷ 其他单位数",
        "among {peers}: (those below + half of those equal) ÷ the others",
    ),
    "rank_down": (
        "与{peers}比较：(高于本单位的 + 相同的一半)÷ 其他单位数",
        "among {peers}: (those above + half of those equal) ÷ the others",
    ),
    "zscore": (
        "与{peers}比较：(本值 − 平均)÷ 标准差，再经正态分布换算",
        "among {peers}: (own − mean) ÷ deviation, through the normal distribution",
    ),
    "zscore_down": (
        "与{peers}比较：(本值 − 平均)÷ 标准差，低者为优，再经正态分布换算",
        "among {peers}: (own − mean) ÷ deviation, less is better, through the normal distribution",
    ),
    "alone": ("没有可比的单位", "nobody to compare with"),
    "level": ("各单位相同", "the same for all"),
    "first_of": ("（列出 {shown} 个，共 {count} 个）", " ({shown} of {count} are listed)"),
    "group": ("同组单位", "peers of the group"),
    "all": ("全部单位", "all units"),
    "branch": ("下级指标得分率按分值加权平均", "mean of the rates below, weighted by points"),
    "geometric": ("下级指标得分率的加权几何平均", "weighted geometric mean of the rates below"),
    "harmonic": ("下级指标得分率的加权调和平均", "weighted harmonic mean of the rates below"),
    "minimum": ("取下级指标得分率的最低值", "the lowest of the rates below"),
    "total": (
        "总分 = {full} × 各项得分率的加权平均 + 加减分",
        "total = {full} × weighted mean of the rates + bonus",
    ),
    "total_plain": (
        "总分 = {full} × 各项得分率的加权平均",
        "total = {full} × weighted mean of the rates",
    ),
    "na": ("不适用，其分值由同级其他指标分担", "not applicable: its points pass to its siblings"),
    "na_bonus": ("不适用，不加也不扣", "not applicable: adds and takes nothing"),
    "na_full": ("不适用，按满分计", "not applicable: counted as full"),
    "na_zero": ("不适用，按 0 计", "not applicable: counted as 0"),
    "missing": ("未报数据，其分值由同级其他指标分担", "no figure: its points pass to its siblings"),
    "missing_full": ("未报数据，按满分计", "no figure: counted as full"),
    "missing_zero": ("未报数据，按 0 计", "no figure: counted as 0"),
    "category": ("{name} 类，权重 {weight}", "category {name}, weight {weight}"),
    "short": ("有效票不足，不计入", "too few marks: left out"),
    "mean": ("平均", "mean"),
    "median": ("取中位数", "median"),
    "trim": (
        "去掉 {trim} 个最高分和 {trim} 个最低分后平均",
        "mean without the {trim} highest and {trim} lowest",
    ),
    "excluded": ("回避 {n} 票", "{n} own marks left out"),
    "rank_of": (
        "{group}第 {rank} 名（共 {field} 个参加排名）",
        "rank {rank} of {field} in {group}",
    ),
    "nothing_left": (
        "各项都不适用，没有总分，不参加排名",
        "nothing is applicable: no total, not ranked",
    ),
    "unranked": ("不参加排名", "not ranked"),
    "exempt": ("免于排名和评定等次", "exempt from rank and grade"),
    "grade": ("等次：{grade}", "grade: {grade}"),
    "no_grade": ("不评等次", "no grade"),
    "standing": ("名次与等次", "rank and grade"),
    "veto": ("一票否决：{veto}", "veto: {veto}"),
    "grade_min": ("{grade}：须达 {min} 分", "{grade}: from {min} points"),
    "grade_quota": ("名额 {room} 个", "{room} places"),
    "grade_require": ("{indicator} 得分率须达 {rate}%", "{indicator} at least {rate} %"),
    "met": ("达到", "met"),
    "unmet": ("未达到", "not met"),
    "rounded": ("（四舍五入到 {places} 位小数）", " (rounded half up to {places} decimals)"),
    "comma": ("，", ", "),
    "semicolon": ("；", "; "),
}


def say(language: str, phrase: str, **facts: object) -> str:
    """A phrase with its facts filled in."""
    return PHRASES[phrase][0 if language == "zh" else 1].format(**facts)
