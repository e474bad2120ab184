"""Invented names of places and people; the same seed gives the same names."""

from collections.abc import Iterator
from random import Random

# Characters that read as names of places but are rare in real ones; no list of real places.
PLACE_HEADS = "霁沐栀澄湛砚筠苔荻蘅岚汀杳棠槿芷菱藜葭箬榛樨梓楸柠柘荇茗芡蓼"
PLACE_TAILS = "溪湾坡桥塘垄坞畈墩渡洲圩坪埠岗"
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦"
    "昌马苗方俞任袁柳鲍史唐费岑薛雷贺倪汤滕殷罗毕郝邬安常于傅卞齐康伍余顾孟黄和穆萧尹姚邵湛汪"
)
FIRST = "知守怀允承思敬景书予言秉攸致闻若听望明令修含以用立可亦同克宜"
SECOND = "远之安行山舟白川南田禾朴平野林石松溪宁初辰岩泽芸苓苇榆杉桐湖"
TRADES = (
    "农技推广站",
    "水务中心",
    "供销社",
    "客运公司",
    "粮食储备公司",
    "林场",
    "人民医院",
    "中医院",
    "第一中学",
    "第二中学",
    "职业学校",
    "融媒体中心",
    "城投公司",
    "自来水公司",
    "公交公司",
    "建设工程公司",
    "工业园区",
)


def place_names(random: Random) -> Iterator[str]:
    """Yield distinct two-character names of places."""
    pairs = [head + tail for head in PLACE_HEADS for tail in PLACE_TAILS]
    random.shuffle(pairs)
    yield from pairs


def person_names(random: Random) -> Iterator[str]:
    """Yield distinct three-character names of people."""
    seen: set[str] = set()
    while True:
        name = random.choice(SURNAMES) + random.choice(FIRST) + random.choice(SECOND)
        if name not in seen:
            seen.add(name)
            yield name
