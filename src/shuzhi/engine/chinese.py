"""The Chinese half of what the engine says, by the English sentence.

Facts keep their place; words of the scheme language and names of columns stay as they are typed.
"""

CHINESE = {
    # how a fault is put together
    "{where}: {message}": "{where}：{message}",
    "{what}; {right}": "{what}；{right}",
    "{file}:{line}": "{file} 第 {line} 行",
    "{file}: row {row}": "{file} 第 {row} 行数据",
    "{line}: {path}": "{line} {path}",
    "{told}, {name}": "{told}、{name}",
    "{told} and {name}": "{told} 和 {name}",
    "{names} …": "{names} 等",
    "{noun} {name}": "{noun} {name}",
    "has more faults of this sort": "还有更多同类问题",
    "mend them alike": "请照样改正",
    "use {names}": "可用：{names}",
    "use one of {names}": "可用：{names}",
    "keep one of them": "请只留一个",
    "leave it out": "请删去",
    "{name} stands {times} times": "{name} 出现了 {times} 次",
    "is missing": "没有提供",
    "is empty": "是空的",
    "cannot be used ({error})": "不能用（{error}）",
    "write an amount such as 2GB": "请写成 2GB 这样的数量",
    "is too little": "不够用",
    "give more, or leave it out": "请增大，或者不写这一项",
    "is a folder": "是文件夹",
    "put a file in its place": "请换成文件",
    "cannot be written ({error})": "写不进去（{error}）",
    "name another directory": "请换一个文件夹",
    "{cell} holds {error}": "{cell} 是错误值 {error}",
    "put the value in its place": "请填上真正的值",
    "{cell} holds a formula without its result": "{cell} 是没有结果的公式",
    "open the workbook, and save it anew": "请用 Excel 打开，重新保存",
    "unpacks to {size} MiB": "解压后有 {size} MiB",
    "give smaller files, or Parquet": "请拆成较小的文件，或改用 Parquet",
    "the points have too many digits": "分值的位数过多",
    "use smaller numbers, or fewer decimals": "请用较小的数，或减少小数位",
    "stands more than {most} levels deep": "层级超过 {most} 层",
    "join some of the branches above it": "请把上面的几级合并",
    # files
    "cannot be read ({error})": "读不出来（{error}）",
    "name a scheme file": "请指明考核方案文件",
    "is no directory": "不是文件夹",
    "name the directory of the data files": "请指明存放数据文件的文件夹",
    "holds something else than results": "里面有计分结果以外的东西",
    "name an empty or a new directory": "请指明一个空文件夹或新文件夹",
    "is {found}": "是 {found} 编码",
    "is neither UTF-8 nor GB 18030": "既不是 UTF-8 编码，也不是 GB 18030 编码",
    "save it as UTF-8": "请另存为 UTF-8 编码",
    "is not CSV ({error})": "不是合格的 CSV 文件（{error}）",
    "cannot be read as Parquet ({error})": "不是合格的 Parquet 文件（{error}）",
    "cannot be read as a workbook ({error})": "不是合格的 Excel 工作簿（{error}）",
    "write it anew": "请重新生成",
    "save it anew as .xlsx": "请重新另存为 .xlsx",
    "look for a quotation mark that is not closed": "请检查引号是否成对",
    "{column} runs over two lines": "{column} 一格里有换行",
    "keep it on one; look for a quotation mark that is not closed": (
        "请写在一行里，并检查引号是否成对"
    ),
    "has a column {column}": "有一列名为 {column}",
    "(empty)": "（空）",
    "is larger than {most} MB": "超过 {most} MB",
    "has brackets in more than {most} brackets": "括号嵌套超过 {most} 层",
    "must be a whole number": "应为整数",
    "must be mean, median or {example}": "应为 mean、median 或 {example}",
    "must be true, false or a list of categories, as in {example}": (
        "应为 true、false 或类别的列表，如 {example}"
    ),
    "must be a lower bound and a rate in per cent, as in {example}": (
        "应为下限和得分率（%），如 {example}"
    ),
    "a scale of numbers has `from` and `to`, and nothing else": (
        "数字分值的 scale 只写 from 和 to 两项，缺一不可"
    ),
    "begin with a line of column names": "第一行请写列名",
    "its columns are not parted by commas": "各列之间不是用半角逗号分隔的",
    "save it anew as CSV, with commas": "请重新另存为逗号分隔的 CSV",
    "a column name runs over two lines": "有一个列名占了两行",
    "keep it on one": "请写在一行内",
    "has {cells} cells, the first line has {width}": "有 {cells} 格，而第一行有 {width} 格",
    "has lines of different length": "各行的格数不一致",
    "give every line the same cells": "请使每行格数相同",
    "its sheets begin with different names": "各工作表的列名不一致",
    "give every sheet the same first line": "请使各工作表的第一行相同",
    "two columns have one name": "有两列同名",
    "name each differently": "请分别命名",
    "has no column {column}": "缺少“{column}”列",
    "the columns are {names}": "应有的列：{names}",
    "has the column {column} twice": "“{column}”列出现了两次",
    "there are {names}": "同时有 {names}",
    "holds binary floating point numbers": "含有二进制浮点数",
    "store decimals, whole numbers or text": "请存为定点小数、整数或文字",
    "is no table of the data": "不是数据表",
    "add a table of units": "请补上单位表",
    "add a table of units: unit,name,group": "请补上单位表，列名为 unit,name,group",
    "{indicator} reads it: add it, without rows if there are none": (
        "指标 {indicator} 要用到它，请补上；没有数据也要有列名一行"
    ),
    # rows
    "unit": "单位",
    "indicator": "指标",
    "category": "类别",
    "rater": "评分人",
    "keep one row": "请只留一行",
    "there is no unit {unit}": "没有单位 {unit}",
    "add it to units, or correct it": "请在单位表中补上，或改正这一行",
    "name one of units": "请填单位表中的单位",
    "{indicator} is no indicator that reads this file": "{indicator} 不是用这张表的指标",
    "no indicator reads this file: leave the row out": "没有指标用这张表，请删去这一行",
    "holds no unit": "一个单位也没有",
    "add a row for each": "请每个单位填一行",
    "has no unit": "没有填单位",
    "name the unit": "请填写单位",
    "{unit} holds a formula": "{unit} 这一行含有公式",
    "begin with a letter, a digit or a character": "内容请以字母、数字或汉字开头",
    "status is {status}": "status 列填的是“{status}”",
    "use exempt, or leave it blank": "请填 exempt（免于排名），或留空",
    "value {value!r}": "数值“{value}”",
    "{shown}, target {target!r}": "{shown}、目标“{target}”",
    "{indicator}: {shown} is no number": "{indicator} 的{shown}不是数字",
    "write digits with a point, such as 12.5, or na": "请填数字，如 12.5；不适用的填 na",
    "{indicator} is {value!r}": "{indicator} 填的是“{value}”",
    "{indicator} takes no figure": "{indicator} 不填数值",
    "write na, or leave the row out": "请填 na（不适用），或删去这一行",
    "the figure of {unit} for {indicator} does not fit its rule ({rule})": (
        "{unit} 的 {indicator} 数值不符合计分规则（{rule}）"
    ),
    "manual, {points} points": "manual，满分 {points} 分",
    "write 是 or 否 (true, false, 1, 0, yes, no), or na": (
        "请填“是”或“否”（也可填 true、false、1、0、yes、no）；不适用的填 na"
    ),
    "give between 0 and the points of the indicator": "请填 0 至该指标满分之间的分数",
    "give a target above 0, in the scheme or in the row": "请在方案或这一行填大于 0 的目标值",
    "give a target, in the scheme or in the row": "请在方案或这一行填目标值",
    "give a limit, in the scheme or in the row's target": "请在方案或这一行的目标列填上限",
    (
        "the figures of {indicator} need more than {digits} digits,"
        " before and after the point together; the longest stands here"
    ): "{indicator} 的数值，小数点前后合计超过 {digits} 位，最长的在这一行",
    "write them with fewer digits or in a larger unit": "请减少位数，或换用更大的计量单位",
    "{unit} has no row for {indicator}": "{unit} 没有填 {indicator}",
    "add the row, or say `missing: zero` or `missing: na` in the scheme": (
        "请补上这一行，或在方案中写明 missing: zero（按 0 计）或 missing: na（不适用）"
    ),
    "{indicator} has no category {category!r}": "{indicator} 没有“{category}”这一类",
    "{value!r} is no mark of {indicator}": "“{value}”不是 {indicator} 可以打的分",
    "give a number from {low} to {top}": "请填 {low} 至 {top} 的数字",
    "{unit} has {marks} marks that count from category {category} for {indicator}": (
        "{unit} 的 {indicator} 在 {category} 类只有 {marks} 个有效评分"
    ),
    "{least}": "{least} 个",
    "{least}, one after trimming": "{least}，去掉高低分后至少 1 个",
    "it needs {least}; or say `short: renormalise`": (
        "应有 {least}；或在方案中写明 short: renormalise（不计该类）"
    ),
    "points {points!r} is no number": "分值“{points}”不是数字",
    "write digits, such as 2 or -0.5": "请填数字，如 2 或 -0.5",
    "points {points} has too many digits": "分值 {points} 位数过多",
    "at most 6 before the point and 9 after it": "小数点前最多 6 位，小数点后最多 9 位",
    "the points of a bonus add up to too many digits": "加减分合计的位数过多",
    "give it a `min` and a `max`, or write points with fewer decimals": (
        "请给它写上 min 和 max，或减少分值的小数位"
    ),
    "there is no veto {veto}": "没有一票否决事项 {veto}",
    "the scheme has no vetoes: leave the row out": "方案中没有一票否决事项，请删去这一行",
    "a veto without a basis": "一票否决没有写依据",
    "say what it rests on": "请写明依据",
    # the text of a scheme
    "is not YAML: {problem}": "不合 YAML 格式：{problem}",
    "cannot be read as YAML ({error})": "不合 YAML 格式（{error}）",
    "mend the line or the one above it": "请检查这一行和上一行",
    "write plain YAML": "请写成普通的 YAML",
    "holds more than {most} values, or refers to itself": "内容超过 {most} 项，或引用了自身",
    "write the values out": "请把内容逐项写出",
    "a key is not a plain word": "项目名不是普通的词",
    "use a plain word": "请用普通的词",
    "stands twice": "写了两次",
    "is not a scheme": "不是考核方案",
    "begin with `scheme: NAME`": "请以“scheme: 名称”开头",
    "{key} is missing": "缺少 {key}",
    "add `{key}:`": "请补上“{key}:”",
    "{key} is no key of this place": "这里没有 {key} 这个项目",
    "did you mean `{name}`?": "是否应为“{name}”？",
    "known here: {names}": "这里可用：{names}",
    "the rule has no kind": "规则没有写 kind",
    "{kind} is no kind of rule": "没有 {kind} 这种规则",
    "{value} does not fit": "“{value}”不合要求",
    "this does not fit": "这一项不合要求",
    # the values of a scheme
    "must be a number": "应为数字",
    "must be below 1,000,000,000,000,000": "应小于 1000 万亿",
    "must have at most {most} decimals": "小数最多 {most} 位",
    "must be a text": "应为文字",
    "must be a text of 1 to 200 characters on one line": "应为 1 至 200 个字，写在一行内",
    "must be between 0 and 100 %": "应在 0 至 100% 之间",
    "must be a simpler fraction": "应为更简单的分数",
    'must be a number of per cent, or a fraction such as "1/3"': "应为百分数，或如“1/3”的分数",
    "the target must be above 0 (with direction: down, not below 0)": (
        "目标值应大于 0（direction: down 时不小于 0）"
    ),
    "zero and full must differ": "zero 和 full 不能相同",
    "the last band, and it alone, has no lower bound (write null in the text)": (
        "只有最后一档不写下限（文本里写 null），其他各档都要写"
    ),
    "bounds must descend without overlap, for example [[90, 100], [60, 70], [null, 0]]": (
        "各档下限应从高到低，不能重叠，如 [[90, 100], [60, 70], [null, 0]]"
    ),
    "the categories' weights must add up to 100, not {total}": (
        "各类别权重合计应为 100，现为 {total}"
    ),
    "the scale must not go below 0, and its top must be above 0": "分值不能小于 0，最高分应大于 0",
    "the scale's `from` must be below its `to`": "分值的 from 应小于 to",
    "exclude_own names {name}, which is no category": "exclude_own 中的 {name} 不是类别",
    "min must not be above max": "min 不能大于 max",
    "give exactly one of grade, cap_grade, unranked": "grade、cap_grade、unranked 应写且只写一项",
    "give a share or a count": "请写 share（比例）或 count（个数）之一",
    # the parts of a scheme together
    "an indicator": "指标",
    "a veto": "一票否决事项",
    "a grade": "等次",
    "give each a name of its own": "请分别命名",
    "must be either a branch or a leaf": "应为上级指标或末级指标之一",
    "give it either children or a rule": "请写 children（下级指标）或 rule（计分规则）之一",
    "has no points": "没有写分值",
    "say how many points it is worth": "请写明分值（points）",
    "reads no values, so none can be missing": "不读取数值，不存在缺报",
    "leave `missing` out": "请删去 missing",
    "a bonus with indicators below it": "加减分下面不能再有指标",
    "give it a rule instead": "请直接写计分办法（rule）",
    "takes over another part (<<)": "用“<<”并入了别处的内容",
    "a bonus stands below another indicator": "加减分项放在了其他指标之下",
    "move it to the top": "请移到最上级",
    "a bonus has points of its own": "加减分项写了分值",
    "leave `points` out: a bonus is outside `full`": "请删去 points：加减分不在满分之内",
    "a bonus of kind {kind}": "加减分项的规则是 {kind}",
    "use kind: events": "请用 kind: events",
    "a bonus has no full points to start from": "加减分项没有满分可作起点",
    "leave `start` out": "请删去 start",
    "a leaf has nothing to aggregate": "末级指标没有下级可以合成",
    "a branch with `aggregate` has no points": "写了 aggregate 的上级指标没有写分值",
    "has {points} points, but its children's add up to {total}": (
        "分值为 {points}，而下级指标合计为 {total}"
    ),
    "make both the same, or leave the branch's points out": "请改为一致，或删去上级指标的分值",
    "there is no indicator that counts towards `full`": "没有计入满分的指标",
    "add one that is no bonus": "请增加一个不是加减分项的指标",
    "is {full}, but the top indicators' points add up to {total}": (
        "为 {full}，而最上级指标的分值合计为 {total}"
    ),
    "make both the same": "请改为一致",
    "the points add up to {total}": "分值合计为 {total}",
    "keep `full` within 1000": "满分不能超过 1000",
    "there is no indicator {name}": "没有指标 {name}",
    "{name} is a bonus and has no rate": "{name} 是加减分项，没有得分率",
    "use an indicator that has one": "请用有得分率的指标",
    "{lower} is above the better grade's {upper}": "{lower} 高于更好等次的 {upper}",
    "write the best grade first": "请从最好的等次写起",
    "there is no grade {name}": "没有等次 {name}",
    "add `grades` to the scheme": "请在方案中写明等次（grades）",
    # how it is run
    "there is no backend {name}": "没有 {name} 这种计算引擎",
    "use duckdb or spark": "可用：duckdb、spark",
    "Spark is not installed": "没有安装 Spark",
    "Spark does not start": "Spark 没有启动",
    "it says above why; it needs Java 17, 512MB of memory, and what SPARK_MASTER names": (
        "原因见上面它自己的输出；需要 Java 17、至少 512MB 内存，以及 SPARK_MASTER 所指的集群"
    ),
    "Spark stopped before it was done": "Spark 没有算完就停了",
    "it says above why; where memory ran out, give more by --memory": (
        "原因见上面它自己的输出；如果是内存不够，请用 --memory 多给一些"
    ),
    "pip install -r requirements/spark.txt": "请执行 pip install -r requirements/spark.txt",
}
