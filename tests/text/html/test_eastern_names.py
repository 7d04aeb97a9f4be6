"""Authors in Chinese, Japanese and Korean strings, which have no blanks or capitals to tell names by."""

from __future__ import annotations

import json
import time

import pytest

from dateline.text.html.author_names import split_names
from dateline.text.html.authors import writers
from dateline.text.html.eastern_names import eastern_names
from dateline.text.html.evidence import gather
from dateline.text.html.tree import parse

STRINGS = {
    "김철수 기자": ["김철수"],
    "김철수 기자 kim@x.example": ["김철수"],
    "[강변=뉴스] 김철수 기자": ["김철수"],
    "김철수·이영희 기자": ["김철수", "이영희"],
    "홍길동 특파원": ["홍길동"],
    "山田太郎記者": ["山田太郎"],
    "取材・文　山田太郎": ["山田太郎"],
    "文・山田太郎　写真・佐藤花子": ["山田太郎"],
    "ライター：山田太郎": ["山田太郎"],
    "文／王小明": ["王小明"],
    "（文/王小明）": ["王小明"],
    "記者王小明／台北報導": ["王小明"],
    "记者：王小明、李小红": ["王小明", "李小红"],
    "作者：王 明": ["王明"],
    "作者：王小明　江蘇南通　職員": ["王小明"],
    "新华社记者 王小明": ["新华社", "王小明"],
    "新华社记者王小明": ["新华社", "王小明"],
    "本报记者 王小明 李小红": ["王小明", "李小红"],
    "来源：新华网　作者：王小明": ["王小明"],
    "2026-03-24 来源：新华网　作者：王小明　编辑：李明": ["王小明"],
}
NOBODY = ("記者在港口看到许多船", "本报记者报道", "港口的船", "Anna Quay", "", "기자", "作者：")


@pytest.mark.parametrize("text", STRINGS)
def test_strings_that_tell_authors(text: str) -> None:
    assert eastern_names(text) == split_names(text) == STRINGS[text]


@pytest.mark.parametrize("text", NOBODY)
def test_strings_that_tell_none(text: str) -> None:
    assert eastern_names(text) == []


# (what stands below the headline, author of the data, authors)
PAGES = {
    "told and shown in Korean": ("<p>김철수 기자 kim@x.example</p>", "김철수 기자", ["김철수"]),
    "shown in Korean": ("<p>[강변=뉴스] 김철수 기자</p>", "", ["김철수"]),
    "told in Japanese": ("", "山田太郎記者", ["山田太郎"]),
    "shown in Japanese": ("<p>文・山田太郎　写真・佐藤花子</p>", "", ["山田太郎"]),
    "shown in Chinese": ("<p>2026-03-24 来源：新华网　作者：王小明　编辑：李明</p>", "", ["王小明"]),
    "in Taiwan": ("<p>記者王小明／台北報導</p>", "", ["王小明"]),
}


@pytest.mark.parametrize("case", PAGES)
def test_pages(case: str) -> None:
    shown, told, wanted = PAGES[case]
    data = json.dumps({"@type": "NewsArticle", "headline": "시의회 낡은 벽", "author": told})
    page = f"<html><title>시의회 낡은 벽</title><script type='application/ld+json'>{data}</script>"
    page += (
        f"<body><h1>시의회 낡은 벽</h1>{shown}<p>{'시의회는 벽을 다시 짓기로 했다. ' * 20}</p></body></html>"
    )
    assert writers(gather(parse(page), "https://courier.example/a"), []).value == wanted


@pytest.mark.parametrize("part", ["王", "王 ", "記者", "作者：王明、", "김철수·", "김 ", "文・", "（", "["])
def test_no_string_takes_long(part: str) -> None:
    start = time.perf_counter()
    for length in range(1, 81):
        eastern_names((part * 80)[:length])
    assert time.perf_counter() - start < 0.5
