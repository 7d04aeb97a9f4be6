"""Short made-up news in many languages, and the charsets in which old pages of each were written."""

from __future__ import annotations

NEWS = {
    "ru": "Министр транспорта заявил журналистам в среду, что паром вернётся на линию уже на "
    "следующей неделе. "
    "По его словам, ремонт двигателя завершён, а жители острова смогут снова добираться до материка дважды в "
    "день. Раньше губернатор обещал построить мост, однако денег на него пока нет.",
    "uk": "Міністр транспорту заявив журналістам у середу, що пором повернеться на лінію вже "
    "наступного тижня. "
    "За його словами, ремонт двигуна завершено, і мешканці острова знову зможуть їздити на материк двічі на "
    "день. Раніше губернатор обіцяв збудувати міст, але грошей на нього досі немає.",
    "bg": "Министърът на транспорта заяви пред журналисти в сряда, че фериботът ще се върне на линията още "
    "следващата седмица. По думите му ремонтът на двигателя е завършен и жителите на острова отново ще могат "
    "да пътуват два пъти на ден.",
    "el": ""
    "Ο υπουργός Ναυτιλίας δήλωσε την Τετάρτη στους δημοσιογράφους ότι το πλοίο θα επιστρέψει στη γραμμή "
    "την επόμενη εβδομάδα. Όπως είπε, η επισκευή της μηχανής ολοκληρώθηκε και οι κάτοικοι του νησιού θα "
    "ταξιδεύουν πάλι δύο φορές την ημέρα. Άλλα δρομολόγια δεν προβλέπονται.",
    "pl": "Minister transportu powiedział w środę dziennikarzom, że prom wróci na linię już w "
    "przyszłym tygodniu. "
    "Według niego naprawa silnika została zakończona, a mieszkańcy wyspy znów będą mogli pływać na ląd dwa "
    "razy dziennie. Źródła w urzędzie dodają, że pieniędzy na most ciągle brakuje.",
    "cs": "Ministr dopravy ve středu novinářům řekl, že se trajekt vrátí na linku už příští týden. "
    "Podle něj je "
    "oprava motoru hotová a obyvatelé ostrova budou moci znovu jezdit na pevninu dvakrát denně. Šéf přístavu "
    "dodal, že peníze na most zatím chybějí.",
    "hu": ""
    "A közlekedési miniszter szerdán azt mondta az újságíróknak, hogy a komp már jövő héten visszatér a "
    "vonalra. Szerinte a motor javítása befejeződött, és a sziget lakói újra naponta kétszer utazhatnak. "
    "A hídra egyelőre nincs pénz, tette hozzá a kikötő vezetője.",
    "tr": "Ulaştırma bakanı çarşamba günü gazetecilere yaptığı açıklamada feribotun önümüzdeki hafta hatta "
    "döneceğini söyledi. Bakana göre motorun onarımı tamamlandı ve adada yaşayanlar yeniden günde iki kez "
    "karaya geçebilecek. İskele müdürü ise köprü için para bulunmadığını belirtti.",
    "de": "Der Verkehrsminister sagte am Mittwoch vor Journalisten, die Fähre werde schon nächste Woche "
    "zurückkehren. Die Reparatur sei abgeschlossen, und die Bewohner könnten wieder täglich übersetzen. Für "
    "die Brücke fehle das Geld, fügte der Hafenmeister später hinzu. Die Straße bleibt gesperrt.",
    "fr": "Le ministre a déclaré mercredi que le bac reprendrait la mer dès la semaine prochaine. "
    "Selon lui, la "
    "réparation est terminée et les habitants de l’île pourront à nouveau traverser deux fois par jour. La "
    "région n’a pas trouvé l’argent nécessaire au pont, a regretté le maire, très déçu.",
    "es": "El ministro dijo el miércoles que el transbordador volverá la próxima semana. La "
    "reparación terminó y "
    "los vecinos podrán cruzar otra vez dos veces al día. El alcalde añadió que para el puente "
    "todavía no hay "
    "dinero, según un portavoz de la región y de otros señores de la compañía.",
    "ar": "قال وزير النقل للصحفيين يوم الأربعاء إن العبارة ستعود إلى الخط في الأسبوع المقبل. وأضاف أن إصلاح "
    "المحرك قد انتهى وأن سكان الجزيرة سيتمكنون من السفر مرتين في اليوم. وكان المحافظ قد وعد ببناء جسر، لكن "
    "المال غير متوفر حتى الآن.",
    "he": ""
    "שר התחבורה אמר ביום רביעי לעיתונאים כי המעבורת תחזור לקו כבר בשבוע הבא. לדבריו, תיקון המנוע הסתיים "
    "ותושבי האי יוכלו שוב להפליג פעמיים ביום. ראש העיר הבטיח לבנות גשר, אך הכסף לכך עדיין לא נמצא.",
    "zh": "交通部长星期三对记者表示，渡轮将在下周恢复航行。他说"
    "，发动机的维修工作已经完成，岛上居民每天可以往返两次。"
    "此前市政府曾经承诺建设一座大桥，但是资金问题至今没有解决。有关部门正在研究新的方案，预计明年公布结果。",
    "zh-hant": "交通部長星期三對記者表示，渡輪將在下週恢復航行。他說"
    "，發動機的維修工作已經完成，島上居民每天可以往返兩次。"
    "此前市政府曾經承諾興建一座大橋，但是資金問題至今沒有解決。有關部門正在研究新的方案，預計明年公布結果。",
    "ja": "国土交通相は水曜日、記者団に対し、連絡船の運航を来週か"
    "ら再開すると明らかにした。エンジンの修理は終わっており、"
    "島の住民は再び一日に二回、本土へ渡ることができるという"
    "。橋を建設する計画もあるが、予算のめどは立っていない。",
    "ko": "교통부 장관은 수요일 기자들에게 여객선이 다음 주부터 다시 "
    "운항한다고 말했다. 그는 엔진 수리가 끝났으며 섬 주민들이 "
    "하루에 두 번 육지로 나갈 수 있게 된다고 설명했다. 다리를"
    " 건설하겠다는 약속은 아직 예산이 없어 지켜지지 않고 있다.",
    "th": "รัฐมนตรีว่าการกระทรวงคมนาคมกล่าวกับผู้สื่อข่าวเมื่อวันพุธว่า "
    "เรือข้ามฟากจะกลับมาให้บริการอีกครั้งในสัปดาห์หน้า "
    "การซ่อมเครื่องยนต์เสร็จแล้ว ชาวเกาะจะเดินทางได้วันละสองเที่ยว",
    "lt": "Susisiekimo ministras trečiadienį žurnalistams sakė, kad keltas į liniją sugrįš jau kitą "
    "savaitę. Pasak "
    "jo, variklio remontas baigtas ir salos gyventojai vėl galės plaukti du kartus per dieną. Pinigų tiltui "
    "kol kas trūksta, pridūrė uosto vadovas.",
}

CHARSETS = {
    "ru": ("windows-1251", "koi8-r", "iso-8859-5", "ibm866"), "uk": ("windows-1251", "koi8-u"),
    "bg": ("windows-1251",), "el": ("windows-1253", "iso-8859-7"), "pl": ("windows-1250", "iso-8859-2"),
    "cs": ("windows-1250", "iso-8859-2"), "hu": ("windows-1250", "iso-8859-2"),
    "tr": ("windows-1254", "iso-8859-9"), "de": ("windows-1252", "iso-8859-1", "iso-8859-15"),
    "fr": ("windows-1252",), "es": ("windows-1252", "iso-8859-1"), "ar": ("windows-1256", "iso-8859-6"),
    "he": ("windows-1255", "iso-8859-8"), "zh": ("gb2312", "gbk", "gb18030"), "zh-hant": ("big5",),
    "ja": ("shift_jis", "euc-jp"), "ko": ("euc-kr", "cp949"), "th": ("tis-620", "cp874"),
    "lt": ("windows-1257", "iso-8859-13"),
}  # fmt: skip

CASES = [(language, charset) for language, charsets in CHARSETS.items() for charset in charsets]


def page(language: str, *, declared: str | None = None, lang: bool = True) -> str:
    """A page of about 1 kB with the news of a language.

    Args:
        declared: charset that its meta element names.
        lang: whether it says in which language it is.
    """
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    mark = f' lang="{language}"' if lang else ""
    text = NEWS[language]
    menu = "".join(f'<li><a href="/section/{name}">{name}</a></li>' for name in ("news", "sport", "weather"))
    return (
        f"<!doctype html>\n<html{mark}><head>{meta}<title>{text[:40]}</title></head>"
        f"<body><ul>{menu}</ul><article><h1>{text[:40]}</h1>\n<p>{text}</p>\n<p>{text}</p></article>"
        "<div class='foot'>(c) 2011 Greywater Courier</div></body></html>"
    )
