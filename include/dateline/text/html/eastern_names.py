"""Names of people in Japanese and Korean, which have no spaces and no capitals to be told by."""

from __future__ import annotations

import re

_SURNAMES = """佐藤 鈴木 高橋 田中 渡辺 渡邊 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上
    木村 斎藤 斉藤 林 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤
    近藤 村上 遠藤 青木 坂本 福田 太田 西村 藤井 岡本 三浦 金子 藤原 中野 原田 松田 竹内 中山 和田 小野
    田村 石田 上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 谷口 安藤 大野 丸山 今井 河野 高田
    藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 木下 菊地 菊池 野村
    新井 渡部 佐野 杉本 古川 大西 浜田 市川 小松 島田 水野 吉川 山内 西田 北村 安田 川口 平田 東 川崎
    本田 久保田 沢田 中田 松下 飯田 荒木 五十嵐 吉村 熊谷 石原 星野 黒田 永井 小山 樋口 田口 岩田 服部
    辻 岡崎 関 松岡 土屋 大島 須藤"""
_LONG_SURNAMES = tuple(sorted((name for name in _SURNAMES.split() if len(name) > 1), key=len, reverse=True))

_HAN_OR_KANA = "\u3040-\u30ff\u3400-\u9fff々"
_GIVEN = re.compile(
    rf"[ \u3000]?(?![{_HAN_OR_KANA}]*[県府市町村区郡島駅党組線氏内閣湾港空])[{_HAN_OR_KANA}]{{1,3}}"
)
"""Not `千葉県`: surnames are names of places as well."""
_EMAIL = re.compile(r"\S{1,64}@[\w.-]{1,64}")
_PLACE = re.compile(r"[\[(【（〔][^\])】）〕]{1,30}[\])】）〕]\s*")
_BETWEEN = r"\s?[·・ㆍ,、，]\s?"

_KOREAN = re.compile(
    rf"([\uac00-\ud7a3]{{2,4}}(?:{_BETWEEN}[\uac00-\ud7a3]{{2,4}}){{0,5}}) ?(?:[\uac00-\ud7a3]{{2,4}} ?)?"
    r"(?:기자|특파원|논설위원|통신원)"
)
_JAPANESE = re.compile(
    rf"(?:[^ ：:／/]{{2,8}}[ \u3000／/])?([{_HAN_OR_KANA}]{{3,5}}) ?(?:記者|編集委員|論説委員|特派員)"
)
_HAN = r"[\u3400-\u9fff]"
_END = r"(?=$|[\s、，,;；／/|丨()（）]|(?:责任)?编辑|責任編輯|编辑|编审|摄影|攝影|写真|图片)"
_NO_LABEL = r"(?!写真|撮影|摄影|攝影|编辑|編集|構成|図版|聞き手|报道|報道|報導|综合|綜合)"
_NAME = rf"{_NO_LABEL}(?:{_HAN}[ \u3000]{_HAN}(?!{_HAN})|[{_HAN_OR_KANA}・]{{2,12}}?){_END}"
_LABELLED = re.compile(
    r"(?<![\w・／/])(?:作\s?者|撰文|撰稿(?:人)?|取材・文|構成・文|執筆|筆者|著者|"
    r"ライター|文責|文|(?:[\u3400-\u9fff]{2,8})?(?:记者|記者))"
    rf"(?:\s?[:：／/・丨|]\s?|(?<=取材・文)\s)({_NAME}(?:[、，,]{_NAME}){{0,4}})"
)
_AGENCIES = r"新华社|新華社|中新社|中央社|路透社|法新社|美联社|共同社|中通社"
_AGENCY = re.compile(_AGENCIES)
_REPORTER = re.compile(
    rf"(?:({_HAN}{{2,8}}?)[ ]?)?(?:特约)?(?:记者|記者)"
    rf"(?:[ \u3000]({_NAME}(?:[、，, ]{_NAME}){{0,4}})(?:\s.{{0,30}})?"
    rf"|({_HAN}{{2,4}})[／/].{{1,20}})|"
    rf"({_AGENCIES}|本报|本報)(?:记者|記者){_NO_LABEL}({_HAN}{{2,3}})"
)
_JOINTS = re.compile(r"[、，,\s·・ㆍ]+")
_EDGES = " \u3000¦·|/="
_LONGEST_LINE = 80


def has_japanese_surname(name: str) -> bool:
    """Whether a name is one of the common surnames with a given name of up to three signs.

    A single sign is no proof, so that Chinese names and words are not asked.
    """
    return any(name.startswith(one) and _GIVEN.fullmatch(name, len(one)) for one in _LONG_SURNAMES)


def eastern_names(text: str) -> list[str]:
    """The names in a short line that tells them by what their bearers are or by a label; [] for other lines.

    `홍길동 기자`, `山田太郎記者`, `来源：… 作者：王小明`, `文／王小明`; an agency comes before its reporter.
    """
    if text.isascii() or len(text) > _LONGEST_LINE:
        return []
    line = _EMAIL.sub(" ", text)
    line = (_PLACE.sub("", line).strip(_EDGES) or line).strip(_EDGES + "()（）")
    if found := _KOREAN.fullmatch(line):
        return _JOINTS.split(found[1])
    if found := _JAPANESE.fullmatch(line):
        return [found[1]]
    if found := _REPORTER.fullmatch(line):
        agency = _AGENCY.match(found[1] or found[4] or "")
        return [*([agency[0]] if agency else []), *_single(found[2] or found[3] or found[5])]
    if found := _LABELLED.search(line):
        return _single(found[1])
    return []


def _single(names: str) -> list[str]:
    """Names in a row; a blank between two single signs is within a name."""
    if re.fullmatch(rf"{_HAN}[ \u3000]{_HAN}", names):
        return [names.replace(" ", "").replace("\u3000", "")]
    return [name for name in re.split(r"[、，,\s]+", names) if name]
