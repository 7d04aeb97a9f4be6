"""The words of lines that tell when a story was published, how old it is, or how long it takes to read."""

from __future__ import annotations

import re

from dateline.text.date_words import AMERICAN, FILLER, MONTHS, OFFSETS, fold
from dateline.text.dateline_words import WEEKDAYS
from dateline.text.html.relative_times import AGO, DAY_NAMES, UNITS

_LABELS = """first last latest originally updated update published posted created modified edited added
    uploaded date time since local at on by erschienen stand aktualisiert aktualisierung veröffentlicht
    erstellt geändert zuletzt letzte publiziert artikel vom publié publiée publication mis mise jour modifié
    créé heure publicado publicada actualizado actualizada actualización creado fecha hora publicación
    atualizado atualizada atualização em há pubblicato pubblicata aggiornato aggiornata aggiornamento data
    gepubliceerd bijgewerkt gewijzigd laatst laatste geplaatst publicerad uppdaterad publisert oppdatert
    publiceret opdateret sist senast sidst endret ændret oprettet julkaistu päivitetty muokattu opublikowano
    opublikowany aktualizacja zaktualizowano dodano publikacji utworzono ostatnia publikováno
    aktualizováno vydáno publikované aktualizované közzétéve frissítve publicat actualizat опубликовано
    обновлено изменено дата публикации время обновление добавлено опубліковано оновлено публікації
    публикувано обновена giriş güncelleme güncellenme yayınlanma yayın tarihi son eklenme δημοσίευση
    δημοσιεύτηκε δημοσιεύθηκε ενημέρωση ενημερώθηκε τελευταία dipublikasikan diterbitkan diperbarui cập nhật
    đăng نشر في تاريخ آخر تحديث تم النشر يوم الساعة פורסם עודכן प्रकाशित अपडेटेड अपडेट
    입력 수정 승인 등록 업데이트 작성 게시 송고 최종 am pm a p m y мск"""
_READING = """read reading lesezeit lesedauer lecture lectura leitura lettura leestijd lästid läsning lesetid
    læsetid lukuaika czytania čtení čítanie olvasás olvasási чтения читать читання okuma ανάγνωση"""
_BESIDE_READING = """min mins minute minutes minuten minuti minutos time temps tempo tiempo de di idő czas
    время doba süresi χρόνος ca approx about less than"""
_EASTERN = """公開日時 公開日 公開 更新日時 更新日 更新 掲載日 掲載 配信 投稿日 投稿
    日時 最終 发布时间 發布時間 发布 發布 发表时间 发表 發表 时间 時間 日期 更新时间 最后 最後 于 於 年 月 日
    時 时 分 秒 前 读 読了 阅读 閱讀 分钟 分鐘 小时 小時 今天 昨天 今日 昨日"""
_SOURCE = r"""来源|來源|稿源|출처|source|quelle|fuente|fonte|bron|kilde|källa|lähde|źródło|zdroj|forrás|sursa|
    источник|джерело|kaynak|πηγή|المصدر|sumber|nguồn"""
_BESIDE_NAMES = """by von par por da di de door av af od and und et y e i en og och ja a и та και ve dan с
    with from for the text texte texto words report exclusive"""

TIME_WORDS = frozenset(
    {fold(word) for word in f"{_LABELS} {_READING} {_BESIDE_READING}".split()}
    | {*MONTHS, *FILLER, *WEEKDAYS, *OFFSETS, *AMERICAN, *UNITS, *AGO, *DAY_NAMES}
)
"""Folded words of which such lines are made."""
AGO_WORDS = frozenset({*AGO, "y", "lalu"})
"""Those that make a number of hours an age; in `il y a` all words but one mean other things as well."""
READING_WORDS = frozenset(fold(word) for word in _READING.split())
NAME_WORDS = frozenset(fold(word) for word in _BESIDE_NAMES.split())
"""Folded words that stand before and between the names of those who wrote it."""
EASTERN_WORDS = re.compile("|".join(sorted(map(fold, _EASTERN.split()), key=lambda word: (-len(word), word))))
"""Those that no space parts from the next, after folding."""
SOURCE = re.compile(rf"\s*(?:{''.join(_SOURCE.split())})\s?[:：]\s?\S[^:：]{{1,40}}", re.IGNORECASE)
"""Where it was taken from, as a line or a part of one."""
LABEL_AHEAD = re.compile(
    r"(?<=[\w)）.])\s+(?=(?:来源|來源|稿源|作者|编辑|編輯|责编|责任编辑|責任編輯|记者|記者|출처)\s?[:：])"
)
"""Where another label begins in a line of Chinese or Korean."""
