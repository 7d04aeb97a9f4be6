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
_ROLE = re.compile(
    r"([\uac00-\ud7a3]{2,4}) ?(?:[\uac00-\ud7a3]{2,4} ?)?(?:기자|특파원|논설위원|통신원)|"
    rf"(?:[^ ：:／/]{{2,8}}[ \u3000／/])?([{_HAN_OR_KANA}]{{3,5}}) ?(?:記者|編集委員|論説委員|特派員)"
)


def has_japanese_surname(name: str) -> bool:
    """Whether a name is one of the common surnames with a given name of up to three signs.

    A single sign is no proof, so that Chinese names and words are not asked.
    """
    return any(name.startswith(one) and _GIVEN.fullmatch(name, len(one)) for one in _LONG_SURNAMES)


def named_by_role(text: str) -> str | None:
    """The name in a line that is nothing but it and what its bearer is (`홍길동 기자`); None for others."""
    found = _ROLE.fullmatch(text)
    return (found[1] or found[2]) if found else None
