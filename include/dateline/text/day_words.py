"""Names of weekdays and months, and numerals, that no capital and no digit tells from other words.

The lists are part of the promise of `signatures`: whoever changes one changes the slots of many texts, and
gives the algorithm a new name. So they aren't those by which dates are read.
"""

from __future__ import annotations

WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lunes martes miércoles jueves viernes sábado domingo
lundi mardi mercredi jeudi vendredi samedi dimanche
lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda terça quarta quinta sexta feira
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
poniedziałek poniedziałku wtorek wtorku środa środę czwartek czwartku piątek piątku
sobota sobotę niedziela niedzielę
понедельник понедельника вторник вторника среда среду среды четверг четверга пятница пятницу пятницы
суббота субботу субботы воскресенье воскресенья
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
pazartesi salı çarşamba perşembe cuma cumartesi pazar
الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
월요일 화요일 수요일 목요일 금요일 토요일 일요일
"""
MONTHS = """
january february april june july august september october november december
januar februar märz mai juni juli oktober dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
janvier février mars avril juin juillet août septembre octobre novembre décembre
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
"""
NUMERALS = "〇零一二三四五六七八九十百千万億亿点點"
"""Chinese and Japanese numerals, a word each, and the point between them."""
NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""
SCALES = "hundred thousand million billion trillion dozen"
"""English numerals; of those in figures and a scale (2.5 million) the figures tell."""
DAY_MARK = "曜"
"""Japanese writes a weekday as one character before this one."""
