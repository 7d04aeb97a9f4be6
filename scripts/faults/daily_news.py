"""Made-up news of some days in six languages: stories, and what becomes of them at other publishers.

Equal seeds give equal news. Each item says what it was made as, so that a trial can tell how much there is
of each: copies word for word, nearly so and in part, flashes and their full stories, versions on the same
and on later days, pages fetched again, and notices that come again and again with other numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

FIRST_DAY = datetime(2026, 3, 2, tzinfo=UTC)
PUBLISHERS = 24
NOTICE_DAYS = 30
"""Days that notices are spread over."""

PLACES = ("OSLO", "LIMA", "PERTH", "QUITO", "ACCRA", "TURIN", "OSAKA", "DAKAR", "LEEDS", "PORTO")
AGENCIES = ("Reuters", "AP", "AFP", "dpa")

_WORDS = {
    "en": "the a harbour council river bridge engineers parents winter school report money minister "
    "vote city because after before without against two roads new old plan ferry market "
    "farmers union judge hospital promised opened closed delayed found said wrote asked built "
    "sold counted repaired slowly again never island museum letter neighbours price water "
    "electric line station long short question answer week",
    "de": "der die das Hafen Rat Fluss Brücke Ingenieure Eltern Winter Schule Bericht Geld "
    "Ministerin Abstimmung Stadt weil nach vor ohne gegen zwei Straßen neue alte Plan Fähre "
    "Markt Bauern Gewerkschaft Richter versprach öffnete schloss verschob fand sagte schrieb "
    "fragte baute verkaufte zählte langsam wieder nie Insel Museum Brief Nachbarn Preis "
    "Wasser Leitung Bahnhof lange kurze Frage Antwort Woche",
    "fr": "le la les port conseil fleuve quai ingénieurs parents hiver école rapport argent "
    "ministre vote ville parce après avant sans contre deux routes nouveau vieux plan bac "
    "marché fermiers syndicat tribunal hôpital rempli ouvert fermé retardé trouvé dit écrit "
    "demandé construit vendu compté lentement encore jamais île musée lettre voisins prix eau "
    "ligne gare longue courte question réponse semaine",
    "ru": "гавань совет река мост инженеры родители зима школа отчёт деньги министр голосование "
    "город потому после перед без против две дороги новый старый план паром рынок фермеры "
    "союз судья больница обещал открыл закрыл отложил нашёл сказал написал спросил построил "
    "продал посчитал медленно снова никогда остров музей письмо соседи цена вода линия "
    "станция длинный короткий вопрос ответ неделя",
    "ar": "الميناء المجلس النهر الجسر المهندسون الآباء الشتاء المدرسة التقرير المال الوزير التصويت "
    "المدينة لأن بعد قبل بدون ضد طريق جديد قديم خطة العبارة السوق المزارعون النقابة القاضي "
    "المستشفى وعد فتح أغلق أجل وجد قال كتب سأل بنى باع ببطء مرة أبدا الجزيرة المتحف رسالة "
    "الجيران السعر الماء المحطة سؤال جواب أسبوع",
    "zh": "海港 议会 河流 大桥 工程师 家长 冬天 学校 报告 资金 部长 投票 城市 因为 之后 以前 没有 "
    "反对 道路 新的 旧的 计划 渡轮 市场 农民 工会 法官 医院 承诺 开放 关闭 推迟 发现 表示 "
    "写道 询问 建造 出售 统计 缓慢 再次 从未 岛屿 博物馆 信件 邻居 价格 自来水 线路 车站 漫长 "
    "短暂 问题 答复 星期 居民 警察 船长 面包 天气 记者 歌手 灯塔 花园",
}
_NAMES = {
    "en": ("Maren Solberg", "Ada Mensah"),
    "de": ("Jutta Kehl", "Emil Brandt"),
    "fr": ("Inès Caldet", "Luc Moreau"),
    "ru": ("Анна Белова", "Пётр Гусев"),
    "ar": ("سلمى حداد", "كريم ناصر"),
    "zh": ("李海", "王晓云"),
}
LANGUAGES = tuple(_WORDS)


@dataclass(frozen=True)
class News:
    """One sighting of one article.

    Args:
        made_as: what it is to what came before.
        language: of its words.
        url, title, paragraphs: what stands there.
        published: when it says it was published; None where it does not say.
        captured: when it was seen; None where nobody wrote that down.
        canonical: the URL that its page gives for its own, None without one.
    """

    made_as: str
    language: str
    url: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime | None
    captured: datetime | None
    canonical: str | None = None


def sentence(language: str, chance: random.Random) -> str:
    """Some words of a language, with a name or a number among them; made up, and true of nothing."""
    words = chance.choices(_WORDS[language].split(), k=chance.randrange(8, 19))
    if chance.random() < 0.3:
        words.insert(chance.randrange(len(words)), chance.choice(_NAMES[language]))
    if chance.random() < 0.3:
        words.insert(chance.randrange(len(words)), str(chance.randrange(2, 9000)))
    told = ("" if language == "zh" else " ").join(words)
    return f"{told}。" if language == "zh" else f"{told[0].upper()}{told[1:]}."


def paragraph(language: str, chance: random.Random, most: int = 4) -> str:
    """Two sentences or more, up to `most`."""
    gap = "" if language == "zh" else " "
    return gap.join(sentence(language, chance) for _ in range(chance.randrange(2, most + 1)))


def originals(count: int, seed: int) -> list[News]:
    """So many stories of their own, a third of them English."""
    chance = random.Random(f"originals {seed}")
    return [_original(number, chance, 30) for number in range(count)]


def _original(number: int, chance: random.Random, days: int) -> News:
    language = chance.choices(LANGUAGES, [4, 2, 2, 2, 1, 2])[0]
    published = FIRST_DAY + timedelta(minutes=chance.randrange(days * 24 * 60))
    told = [paragraph(language, chance) for _ in range(chance.randrange(3, 9))]
    if chance.random() < 0.3:
        told[0] = f"{chance.choice(PLACES)} ({chance.choice(AGENCIES)}) - {told[0]}"
    return News(
        made_as="story",
        language=language,
        url=_url(number, chance),
        title=sentence(language, chance)[:60].rstrip(" .。"),
        paragraphs=tuple(told),
        published=published if chance.random() < 0.95 else None,
        captured=published + timedelta(minutes=chance.randrange(5, 600)) if chance.random() < 0.97 else None,
    )


def _url(number: int, chance: random.Random) -> str:
    return f"https://www.paper{chance.randrange(PUBLISHERS):02}.test/{chance.choice('abc')}/{number}"


def _elsewhere(made_as: str, item: News, number: int, chance: random.Random, most_hours: int = 120) -> News:
    """The same at another publisher, later."""
    when = item.published and item.published + timedelta(minutes=chance.randrange(10, most_hours * 60))
    known = item.captured and (when or item.captured) + timedelta(minutes=chance.randrange(5, 300))
    canonical = item.url if chance.random() < 0.3 else None
    return replace(
        item, made_as=made_as, url=_url(number, chance), published=when, captured=known, canonical=canonical
    )


def _exact(item: News, number: int, chance: random.Random) -> News:
    return _elsewhere("exact copy", item, number, chance)


def _near(item: News, number: int, chance: random.Random) -> News:
    parts = list(item.paragraphs)
    parts[-1] = paragraph(item.language, chance, 2)
    parts[0] = f"({chance.choice(AGENCIES)}) {parts[0]}"
    return replace(_elsewhere("near copy", item, number, chance), paragraphs=tuple(parts))


def _contained(item: News, number: int, chance: random.Random) -> News:
    kept = max(2, len(item.paragraphs) // 2)
    return replace(_elsewhere("part", item, number, chance), paragraphs=item.paragraphs[:kept])


def _full(item: News, number: int, chance: random.Random) -> News:
    more = tuple(paragraph(item.language, chance) for _ in range(2 * len(item.paragraphs) + 2))
    told = _elsewhere("full story", item, number, chance, most_hours=20)
    return replace(told, paragraphs=(*item.paragraphs, *more))


def _version(item: News, _: int, chance: random.Random) -> News:
    more = paragraph(item.language, chance, 2)
    seen = item.captured and item.captured + timedelta(minutes=chance.randrange(30, 3000))
    return replace(item, made_as="version", paragraphs=(*item.paragraphs, more), captured=seen)


def _later_version(item: News, number: int, chance: random.Random) -> News:
    if item.published is None:
        return _version(item, number, chance)
    later = timedelta(days=chance.randrange(1, 8))
    moved = replace(_version(item, number, chance), made_as="version of a later day")
    return replace(moved, published=item.published + later, captured=item.published + later * 1.1)


def _again(item: News, _: int, chance: random.Random) -> News:
    seen = item.captured and item.captured + timedelta(minutes=chance.randrange(30, 8000))
    return replace(item, made_as="fetched again", captured=seen)


def _notice(_: News, number: int, chance: random.Random) -> News:
    """A notice of the kind that comes every day with other numbers: no copy of another."""
    place, bank = chance.choice(PLACES[:3]), chance.choice(("State Bank", "Water Board"))
    when = FIRST_DAY + timedelta(days=number % NOTICE_DAYS, hours=chance.randrange(8, 18))
    low, high = chance.randrange(100, 999), chance.randrange(1000, 9999)
    rate = chance.randrange(10, 999) / 100
    told = (
        f"The {bank} of {place.title()} added {low} million crowns to reserves on {when:%A} through "
        f"purchases of {high} bills for its own account, a spokesman said.",
        f"Dealers said that overnight money was quoted at {rate} percent when the {bank} came to the market "
        f"around {when:%H} o'clock to arrange the operation, and {rate / 2:.2f} percent before.",
    )
    url = f"https://www.wire.test/notices/{number}"
    return News("notice", "en", url, f"{bank} adds reserves", told, when, when + timedelta(minutes=20))


_MAKERS: dict[str, tuple[Callable[[News, int, random.Random], News], int]] = {
    "exact": (_exact, 9), "near": (_near, 9), "contained": (_contained, 6), "full": (_full, 6),
    "version": (_version, 6), "later": (_later_version, 5), "again": (_again, 5), "notice": (_notice, 6),
}  # fmt: skip
_OWN = 48
"""Share of stories of their own beside those of `_MAKERS`, in percent."""


def news(count: int, days: int, seed: int) -> list[News]:
    """So many sightings within some days; half are stories of their own, the rest come from earlier ones."""
    chance = random.Random(f"news {seed}")
    end = FIRST_DAY + timedelta(days=days) - timedelta(minutes=1)
    made = [_original(number, chance, days) for number in range(4)]
    kinds = [None, *_MAKERS]
    weights = [_OWN, *(weight for _, weight in _MAKERS.values())]
    for number in range(len(made), count):
        kind = chance.choices(kinds, weights)[0]
        if kind is None:
            made.append(_original(number, chance, days))
            continue
        told = _MAKERS[kind][0](chance.choice(made), number, chance)
        made.append(_within(told, end))
    return made[:count]


def _within(item: News, end: datetime) -> News:
    """The item, on the last day where it would be published after it."""
    if item.published is None or item.published <= end:
        return item
    return replace(item, published=end, captured=item.captured and end + timedelta(minutes=30))
