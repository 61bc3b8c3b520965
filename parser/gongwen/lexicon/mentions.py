"""How texts mention numbers with units, dates and periods, titles and document numbers, in the widest sense.

Whether one is a goal, a deadline or a citation other modules decide; these expressions find each that a reader would want used. A scan for
the characters that one can begin with (``FIRST_OF_DATE``, ``FIRST_OF_NUMBER``) is many times faster than the whole expressions.
"""

from __future__ import annotations

import re

from gongwen.lexicon import dates, dimensions, vocabulary

# What sticks to digits makes them a part of a name: 5G, 12345热线, GB/T 9704.
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
DASH = r"[—–－\-~～至到]{1,2}"
DATE = re.compile(
    rf"{dates.WRITTEN}"
    rf"|{_YEAR}年?{DASH}{_YEAR}年度?"
    rf"|{_YEAR}年度?(?:{dates.PART_OF_YEAR}|[0-9]{{1,2}}月(?:份|[0-9]{{1,2}}日)?(?![0-9]))?(?:[底末初])?"
    r"|(?<![0-9])[0-9]{1,2}月(?:[0-9]{1,2}日|[上中下]旬|份|底|末)"
    r"|[“\"]?十[一二三四五六七八九]五[”\"]?(?=时期|期间|规划|末|期末|[，。])"
    r"|(?:[一二两三四五六七八九十]{1,3}|(?<![0-9.])[0-9]{1,3})个?(?:工作日|年|月|天|日)(?:之内|以内|内)"
)
# Where a date or a number can begin: a scan for first characters is many times faster.
FIRST_OF_DATE = re.compile(
    r"(?=[0-9０-９一二两三四五六七八九十“\"民中])(?:[0-9０-９]++|[一二][〇零○ＯOo九]|[“\"]?十[一二三四五六七八九]五|[一二两三四五六七八九十]{1,3}+(?=个?[工年月天日])|民[国國]|中[华華]民)"
)
FIRST_OF_NUMBER = re.compile(
    "(?=[0-9一二两三四五六七八九十百千万])(?:[0-9]++|[二两三四五六七八九十百千万][一二两三四五六七八九十百千万亿零]*+|一[百千万亿十]|百分之)"
)
_DIGIT_NUMBER = r"[0-9]{1,12}(?:[,，][0-9]{3})*(?:[.．][0-9]{1,6})?"
_HAN_NUMBER = "[二两三四五六七八九十百千万][一二两三四五六七八九十百千万亿零]{0,8}|一[百千万亿十][一二两三四五六七八九十百千万亿零]{0,8}"


@vocabulary.compiled
def number() -> re.Pattern[str]:
    units = "|".join(
        map(re.escape, sorted(dimensions.units() - frozenset("年 月 日 度 届".split()), key=lambda u: (-len(u), u)))
    )
    return re.compile(
        rf"(?<![0-9A-Za-z.．])(?:{_DIGIT_NUMBER})(?:{DASH}{_DIGIT_NUMBER})?[余多]?"
        rf"(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?[余多]?(?:(?:{units})(?!级|(?<=周)年|(?<=人)[才口])|[一-鿿](?<![年月日时点号代版级届期])(?=[，。；、）\n]|\Z))"
        rf"|百分之[一二三四五六七八九十百]{{1,5}}(?:点[一二三四五六七八九]{{1,3}})?"
        rf"|(?<![（(])(?:{_HAN_NUMBER})[余多]?(?:{units})(?![一-鿿]?级)"
    )


TITLE = re.compile("《[^《》\n]{1,200}(?:《[^《》\n]{1,100}》[^《》\n]{0,100}){0,3}》")
# Any year: one of another century (〔5355〕) is damage, of which the place should tell.
DOCUMENT_NUMBER = re.compile(
    r"[〔\[［【（(〈﹝]\s?[0-9]{4}\s?年?[〕\]］】）)〉﹞]\s?第?\s?[0-9]{1,5}\s?号"
    r"|(?:令|公告|公报)(?:（)?(?:(?:19|20)[0-9]{2}年)?第\s?[0-9〇零一二三四五六七八九十百]{1,9}\s?号"
)
