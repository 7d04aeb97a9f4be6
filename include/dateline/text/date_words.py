"""The words of dates: month names of many languages, time zone names, and words that mean nothing.

All words are kept folded (`fold`), so that case, accents and alphabet variants do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta

_ODD_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "−": "-", "\u00a0": " "})
_JOINERS = dict.fromkeys((0x200C, 0x200D))
"""They only tell how letters are drawn, and are left out as often as not."""

LETTER = r"(?:[^\W\d_]|(?![\d\u0964\u0965\u0970])[\u0900-\u109f])"
"""A letter, in patterns: the vowel signs of the scripts from Devanagari to Burmese count too, though they are
none to `re`; digits and stops of these scripts don't."""


def fold(text: str) -> str:
    """Lower case without accents; for comparison only, its length may differ."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_ODD_LETTERS)


_MONTH_NAMES = {
    1: """january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari tammikuu
        tammikuuta tammi января январь янв styczeń stycznia sty leden ledna január januára ianuarie ian
        ocak oca ιανουάριος ιανουαρίου ιαν січень січня январи jaanuar janvāris janvārī sausio siječanj
        siječnja gener januarja يناير janar ינואר""",
    2: """february feb februar februari febr feber février févr fév fevrier febrero fevereiro fev febbraio
        helmikuu helmikuuta helmi февраля февраль фев февр luty lutego lut únor února február februára
        februarie şubat şub φεβρουάριος φεβρουαρίου φεβ лютий лютого февруари veebruar februāris februārī
        vasario veljača veljače febrer februarja شباط فبراير shkurt פברואר""",
    3: """march mar märz mär mrz mars marzo março maart mrt maaliskuu maaliskuuta maalis marts марта март
        мар marzec marca březen března marec március márc martie mart μάρτιος μαρτίου μαρ μάρ березень
        березня märts mac آذار kovo ožujak ožujka març مارس maret מרץ""",
    4: """april apr avril avr abril abr aprile huhtikuu huhtikuuta huhti апреля апрель апр kwiecień
        kwietnia kwi duben dubna apríl apríla április ápr aprilie nisan nis απρίλιος απριλίου απρ квітень
        квітня април aprill aprīlis aprīlī balandžio travanj travnja aprila نيسان أبريل ابريل prill אפריל""",
    5: """may mai mayo maio maggio mag mei maj maja toukokuu toukokuuta touko мая май květen května máj mája
        május mayıs μάιος μαΐου μαι μάι μάϊ травень травня maijs maijā gegužės svibanj svibnja maig أيار مايو
        מאי मई""",
    6: """june jun juni juin junio junho giugno giu kesäkuu kesäkuuta kesä июня июнь июн czerwiec czerwca
        cze červen června jún júna június jún iunie iun haziran haz ιούνιος ιουνίου ιουν ιούν червень
        червня юни juuni jūnijs jūnijā birželio lipanj lipnja juny junija حزيران يونيو qershor יוני""",
    7: """july jul juli juillet juil julio julho luglio lug heinäkuu heinäkuuta heinä июля июль июл lipiec
        lipca červenec července júl júla július júl iulie iul temmuz tem ιούλιος ιουλίου ιουλ ιούλ липень
        липня юли juuli jūlijs jūlijā liepos srpanj srpnja juliol julija julai تموز يوليو korrik יולי""",
    8: """august aug août aout agosto ago augustus augusti elokuu elokuuta elo августа август авг sierpień
        sierpnia sie srpen srpna augusta augusztus ağustos ağu αύγουστος αυγούστου αυγ αύγ серпень серпня
        augusts augustā rugpjūčio kolovoz kolovoza agost avgust avgusta ogos آب أغسطس اغسطس agustus gusht
        אוגוסט""",
    9: """september sep sept septembre septiembre setiembre setembro set settembre sett syyskuu syyskuuta syys
        сентября сентябрь сен сент wrzesień września wrz září szeptember szept septembra septembrie eylül
        eyl σεπτέμβριος σεπτεμβρίου σεπ σεπτ вересень вересня септември septembris septembrī rugsėjo rujan
        rujna setembre septembar أيلول سبتمبر shtator ספטמבר""",
    10: """october oct oktober okt octobre octubre outubro out ottobre ott lokakuu lokakuuta loka октября
        октябрь окт październik października paź říjen října október októbra octombrie ekim eki οκτώβριος
        οκτωβρίου οκτ жовтень жовтня октомври oktoober oktobris oktobrī spalio oktobra oktobar أكتوبر
        اكتوبر tetor אוקטובר""",
    11: """november nov novembre noviembre novembro marraskuu marraskuuta marras ноября ноябрь ноя нояб
        listopad listopadu listopada novembra noiembrie noi kasım kas νοέμβριος νοεμβρίου νοε νοέ листопад
        листопада ноември novembris novembrī lapkričio studeni studenoga studenog novembar نوفمبر nëntor
        נובמבר""",
    12: """december dec dezember dez décembre déc diciembre dic dezembro dicembre des desember joulukuu
        joulukuuta joulu декабря декабрь дек grudzień grudnia gru prosinec prosince decembra decembrie
        aralık ara δεκέμβριος δεκεμβρίου δεκ грудень грудня декември detsember decembris decembrī gruodžio
        prosinac prosinca desembre decembar disember ديسمبر dhjetor דצמבר""",
}

_SOUTHERN_MONTHS = """
    जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
    जन॰ फर॰ मार्च अप्रै॰ मई जून जुल॰ अग॰ सितम्बर अक्तूबर नवम्बर दिसम्बर
    जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
    जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर
    জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
    জানুয়ারী ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
    જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ સપ્ટેમ્બર ઓક્ટોબર નવેમ્બર ડિસેમ્બર
    ਜਨਵਰੀ ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ
    ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
    జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
    ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್
    ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ
    ජනවාරි පෙබරවාරි මාර්තු අප්රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්
    جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
    มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม
"""
"""The twelve months in order, a language (Hindi, Marathi, Nepali, Bengali, Gujarati, Punjabi, Tamil, Telugu,
Kannada, Malayalam, Sinhala, Urdu, Thai) or a way of writing them in a line."""

_SOUTHERN_LINES = [line.split() for line in _SOUTHERN_MONTHS.split("\n") if line.strip()]

MONTHS = {fold(word): month for month, words in _MONTH_NAMES.items() for word in words.split()} | {
    fold(word.rstrip("॰")): month for line in _SOUTHERN_LINES for month, word in enumerate(line, 1)
}
"""Folded month name or abbreviation → 1 to 12. Abbreviations that mean different months in different
languages (Croatian and Polish `lip`, `lis`; Croatian and Czech `srp`) are left out on purpose."""

CROATIAN_OCTOBER = fold("listopada")
"""November in Polish, October in Croatian; only Croatian puts a full stop after the day."""

_JOINING = """at on um uhr am kl klo klokka klokken klockan kello om o à às as a alle ore ora orë la las les
        los il el hod ve v u ob godz godzina godzinie plkst val kell saat jam pukul lúc στις στη ώρα в об от г
        года год ч h hrs الساعة في عند ساعت בשעה को बजे เวลา น and i noon"""

JOINING = frozenset(fold(word) for word in _JOINING.split())
"""Words that may stand between a day and its time of day, and say nothing of it."""

_FILLER = """t of st nd rd th er de del d di du do den der dem hs р m gada gads an anul r le the
        in published updated posted publié publicado veröffentlicht date last modified την ngày"""

FILLER = JOINING | frozenset(fold(word) for word in _FILLER.split())
"""Words that may stand in a date and say nothing of it."""

OFFSETS = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60,
    "cest": 120, "mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "idt": 180, "msk": 180,
    "trt": 180, "wat": 60, "sast": 120, "eat": 180, "irst": 210, "gst": 240, "azt": 240, "samt": 240,
    "aft": 270, "pkt": 300, "uzt": 300, "yekt": 300, "mvt": 300, "ist": 330, "slst": 330, "npt": 345,
    "omst": 360, "mmt": 390, "wib": 420, "ict": 420, "krat": 420, "novt": 420, "hkt": 480, "sgt": 480,
    "myt": 480, "pht": 480, "phst": 480, "wita": 480, "awst": 480, "irkt": 480, "ulat": 480, "jst": 540,
    "kst": 540, "wit": 540, "yakt": 540, "acst": 570, "acdt": 630, "aest": 600, "aedt": 660, "chst": 600,
    "pgt": 600, "vlat": 600, "magt": 660, "nzst": 720, "nzdt": 780, "fjt": 720, "pett": 720, "nst": -210,
    "ndt": -150, "brt": -180, "art": -180, "uyt": -180, "adt": -180, "clst": -180, "clt": -240,
    "мск": 180, "московскому": 180, "moscow": 180, "tsi": 180, "مكة": 180, "غرينتش": 0, "جرينتش": 0,
    "beijing": 480, "bot": -240, "vet": -240, "edt": -240, "est": -300, "cot": -300, "pet": -300,
    "cdt": -300, "cst": -360,
    "mdt": -360, "mst": -420, "pdt": -420, "pst": -480, "akdt": -480, "akst": -540, "hst": -600,
}  # fmt: skip
"""Zone abbreviation → minutes east of UTC. Where one means several (`ist`, `cst`, `bst`, `est`, `pst`) it is
the reading most common in news: India, North America, Britain; `date_usage` has those of single countries.
Ambiguous ones without such a reading (`ast`, `amt`, `cat`, `sst`, `wst`) are left out: no offset is known."""

AMERICAN = {
    "et": -300, "eastern": -300, "ct": -360, "central": -360, "mt": -420, "mountain": -420, "pt": -480,
    "pacific": -480,
}  # fmt: skip
"""Zone names without a season → standard offset; `american_offset` finds the season."""

_HANGUL_DAY = r"(?:\s?\(?[월화수목금토일]요일\)?)?"

_EASTERN = (
    # In the Levant the months around the new year have two words.
    (re.compile(r"كانون\s+الثاني"), "january"),
    (re.compile(r"كانون\s+ال[أا]ول"), "december"),
    (re.compile(r"تشرين\s+ال[أا]ول"), "october"),
    (re.compile(r"تشرين\s+الثاني"), "november"),
    # 2024年3月25日, 2024년 3월 25일; without a day it is the month.
    (
        re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]" + _HANGUL_DAY),
        r"\1-\2-\3 ",
    ),
    (re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]"), r"\1-\2 "),
    (re.compile(r"[月火水木金土日]曜日?|(?:星期|周|週)[一二三四五六日天]|[월화수목금토일]요일"), " "),
    (re.compile(r"(\d{1,2})\s?[時时點点시]\s?(\d{1,2})\s?[分분]\s?(\d{1,2})\s?[秒초]"), r"\1:\2:\3"),
    (re.compile(r"(\d{1,2})\s?[時时點点시]\s?(\d{1,2})\s?[分분]"), r"\1:\2"),
    (re.compile(r"(\d{1,2})\s?[時时點点시](?!\w)"), r"\1:00"),
    (re.compile(r"(?:上午|午前|凌晨|오전)\s?(\d{1,2}:\d{2}(?::\d{2})?)"), r" \1 am"),
    (re.compile(r"(\d{4})\s?\.\s(\d{1,2})\s?\.\s(\d{1,2})(?!\d)\.?"), r"\1-\2-\3 "),
    (re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s?(?:صباح\w*|ص\b|π\.?\s?μ\.?)"), r"\1 am "),
    (re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s?(?:مساء\w*|م\b|μ\.?\s?μ\.?)"), r"\1 pm "),
    (re.compile(r"(?:下午|午後|午后|晚上|오후)\s?(\d{1,2}:\d{2}(?::\d{2})?)"), r" \1 pm"),
)

_THAI_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_THAI = {
    word.rstrip("."): month
    for line in (_SOUTHERN_LINES[-1], _THAI_MONTHS.split())
    for month, word in enumerate(line, 1)
}
_THAI_DAY = re.compile(
    rf"(\d{{1,2}})\s?({'|'.join(map(re.escape, _THAI))})\.?\s?(?:พ\.?ศ\.?\s?)?(\d{{4}}|\d\d)(?!\d)"
)
_BUDDHIST = 543
"""Years by which the calendar of Thailand is ahead. Two digits from 40 on are of its years: 2540 was 1997."""


def _thai_day(found: re.Match[str]) -> str:
    year = int(found[3])
    if len(found[3]) == 2:
        year += 2500 - _BUDDHIST if year >= 40 else 2000
    elif year > 2200:
        year -= _BUDDHIST
    return f"{year:04}-{_THAI[found[2]]}-{found[1]} "


_VIETNAMESE = re.compile(r"(\d{1,2})\s+thang\s+(\d{1,2}),?\s+(?:nam\s+)?(\d{4})")


def western(text: str) -> str:
    """Folded text in which the date signs of East Asian languages are digits and dashes."""
    # Folding takes Hangul apart into letters, so its signs are read before.
    text = _THAI_DAY.sub(_thai_day, unicodedata.normalize("NFKC", text).translate(_JOINERS))
    for pattern, put in _EASTERN:
        text = pattern.sub(put, text)
    return _VIETNAMESE.sub(r"\3-\2-\1", fold(_ascii_digits(text)))


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def american_offset(local: datetime, standard: int) -> int:
    """Minutes east of UTC at a local time of a North American zone with daylight saving.

    The rule of the United States: since 2007 from the second Sunday of March to the first of November,
    since 1987 from the first of April to the last of October, since 1967 from the last of April.
    """
    if local.year < 1967:
        return standard
    if local.year >= 2007:
        start, end = _sunday(local.year, 3, 8), _sunday(local.year, 11, 1)
    else:
        start = _sunday(local.year, 4, 1 if local.year >= 1987 else 24)
        end = _sunday(local.year, 10, 25)
    is_summer = start + timedelta(hours=2) <= local.replace(tzinfo=UTC) < end + timedelta(hours=2)
    return standard + 60 if is_summer else standard


def _sunday(year: int, month: int, day: int) -> datetime:
    """The first Sunday on or after a day."""
    start = datetime(year, month, day, tzinfo=UTC)
    return start + timedelta(days=6 - start.weekday())
