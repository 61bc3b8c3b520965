"""Units: which organ a name means, by the cases of unit.toml; what names are one unit; the tables behind it."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import gongwen
from gongwen import schemas
from gongwen.extract.header.fields import Mention
from gongwen.extract.units import register
from gongwen.lexicon import divisions, registry
from gongwen.lexicon.organs import functions, organ
from gongwen.lexicon.reference import rows
from gongwen.lexicon.registry import Jurisdiction, central_organs, identify
from gongwen.text import Text

CASES = tomllib.loads((Path(__file__).parent / "cases" / "unit.toml").read_text(encoding="utf-8"))["case"]
LEXICON = Path(divisions.__file__).parent


def home(case: dict[str, Any]) -> Jurisdiction:
    """The jurisdiction of a case: ``of`` is the name of a place with those above it, or 中央."""
    of = case.get("of")
    if of == "中央":
        return Jurisdiction(central=True)
    found = divisions.leading(of) if of else None
    return Jurisdiction(found[0] if found else None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']} of {case.get('of')} in {case.get('date')}")
def test_case(case: dict[str, Any]) -> None:
    meant = identify(case["name"], home(case), case.get("date"))
    told = {"organ_id": meant.organ_id, "full_name": meant.full_name, "kind": meant.kind, "division": meant.division}
    assert told == {name: case.get(name) for name in told}
    assert meant.collective is case.get("collective", False)
    assert list(meant.candidates) == case.get("candidates", [])
    assert meant.unresolved == case.get("unresolved")
    assert meant.full_name is None or meant.unresolved is None
    assert meant.unresolved or not meant.candidates


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['name']} of {case.get('of')} in {case.get('date')}")
def test_the_full_name_means_the_same_organ(case: dict[str, Any]) -> None:
    if full := case.get("full_name"):
        again = identify(full, home(case), case.get("date"))
        assert (again.organ_id, again.full_name) == (case["organ_id"], full)


def test_an_organ_is_one_unit_with_all_its_names() -> None:
    text = Text("省工业和信息化厅 省财政厅 工业和信息化厅 省工业和信息化厅")
    mentions = [Mention("省工业和信息化厅", 0, 8), Mention("省财政厅", 9, 13), Mention("工业和信息化厅", 14, 21)]
    recipients = [Mention("省工业和信息化厅", 22, 30)]
    place = divisions.leading("江西省")
    assert place
    found = register(text, mentions, recipients, [], Jurisdiction(place[0]), "2021-05-06")
    assert [(unit.id, unit.name, len(unit.spans)) for unit in found.units] == [
        ("unit-1", "省工业和信息化厅", 3),
        ("unit-2", "省财政厅", 1),
    ]
    assert [(one.name, len(one.spans)) for one in found.units[0].spellings] == [
        ("省工业和信息化厅", 2),
        ("工业和信息化厅", 1),
    ]
    assert [party.unit_id for party in found.parties(text, mentions)] == ["unit-1", "unit-2", "unit-1"]


def test_names_of_unknown_organs_stay_apart() -> None:
    text = Text("区科协 区教育局 区科协")
    found = register(
        text,
        [Mention("区科协", 8, 11), Mention("区教育局", 4, 8)],
        [Mention("区科协", 0, 3)],
        [],
        Jurisdiction(),
    )
    assert [(unit.id, unit.name, unit.organ_id, len(unit.spans)) for unit in found.units] == [
        ("unit-1", "区科协", None, 2),
        ("unit-2", "区教育局", None, 1),
    ]
    assert [one.code for one in found.findings] == ["unknown-jurisdiction"] * 2


def test_organs_that_act_in_running_text_only_are_units_behind_the_others_where_they_are_known() -> None:
    text = Text("省财政厅 工业和信息化厅 省水利厅 青溪中心 省工业和信息化厅")
    place = divisions.leading("江西省")
    assert place
    acting = [Mention("工业和信息化厅", 5, 12), Mention("省水利厅", 13, 17), Mention("青溪中心", 18, 22)]
    found = register(text, [Mention("省工业和信息化厅", 23, 31)], [], [], Jurisdiction(place[0]), "2021-05-06", acting)
    assert [(unit.id, unit.full_name, [one.name for one in unit.spellings]) for unit in found.units] == [
        ("unit-1", "江西省工业和信息化厅", ["省工业和信息化厅", "工业和信息化厅"]),
        ("unit-2", "江西省水利厅", ["省水利厅"]),
    ]
    assert not found.findings


def test_the_letters_of_a_number_say_nothing_against_the_place_that_the_issuer_names() -> None:
    """青政发 is Qinghai's, and a town's in a county that begins with the same character."""
    text = "青溪镇人民政府关于修渠的通知\n青政发〔2022〕8号\n各村：\n一、修渠。（镇水利站、县水利局负责）\n青溪镇人民政府\n2022年5月6日\n"
    assert gongwen.parse(text).jurisdiction is None
    stated = gongwen.parse(text.replace("青溪镇人民政府", "修渠工作领导小组")).jurisdiction
    assert stated
    assert (stated.basis, stated.name) == ("document_number", "青海省")


LETTER = """{number}

{title}

{recipients}：
现将《{plan}》印发给你们，请认真贯彻落实。
{signature}
2022年5月6日

{plan}

一、修渠。（区水利局负责）
二、{text}（区财政局负责）
"""


@pytest.mark.parametrize(
    ("basis", "place", "told"),
    [
        ("issuer", "341202", {"signature": "阜阳市颍州区人民政府办公室"}),
        ("issuer", None, {"signature": "水利部"}),
        ("issuer", "360000", {"signature": "国家税务总局江西省税务局"}),
        ("title", "341202", {"title": "颍州区关于印发修渠方案的通知"}),
        ("plan_title", "341202", {"plan": "阜阳市颍州区修渠方案"}),
        ("recipients", None, {"recipients": "各省、自治区、直辖市人民政府"}),
        ("document_number", "341202", {"number": "阜州政办秘〔2022〕8号"}),
        ("text", "341202", {"text": "改造颍州区灌渠。"}),
    ],
)
def test_the_jurisdiction_comes_from_what_says_it_first(basis: str, place: str | None, told: dict[str, str]) -> None:
    words = {
        "number": "青修〔2022〕8号",
        "title": "关于印发修渠方案的通知",
        "recipients": "各有关单位",
        "plan": "修渠方案",
        "signature": "修渠工作领导小组",
        "text": "改造灌渠。",
    }
    notice = gongwen.parse(LETTER.format(**{**words, **told}))
    assert notice.jurisdiction
    assert (notice.jurisdiction.basis, notice.jurisdiction.division) == (basis, place)
    nobody = gongwen.parse(LETTER.format(**words))
    assert nobody.jurisdiction is None
    assert {unit.organ_id for unit in nobody.units if unit.name.startswith("区")} == {None}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("370000", "推动全省产业扩量，打造山东品牌。支持青岛、济南建设园区，全省建成园区。"),
        (
            "370200",
            "结合我市实际，打造青岛品牌。走在全省前列，全市建成园区，让青岛企业服务山东。",
        ),  # a city speaks of its province, too
        ("120000", "本市加强保障，天津市各医院落实。本市其他单位参照执行，服务天津。"),
        ("450000", "自治区各部门支持广西企业。自治区统筹，在广西南宁建设园区。"),
        (None, "推动全省产业扩量，全省学习山东、浙江、江苏经验。"),  # places of others
        (None, "推动全省产业扩量，全省支持青岛、济南建设园区。"),  # its own name isn't there
        (None, "推动全国产业扩量，打造山东品牌，支持青岛。"),
    ],
)
def test_a_plan_without_a_head_is_of_the_place_that_its_text_calls_its_own(place: str | None, text: str) -> None:
    stated = gongwen.parse(f"一、总体目标\n{text}\n二、重点任务\n推进修渠。（省水利厅负责）\n").jurisdiction
    assert (stated and (stated.basis, stated.division)) == (place and ("text", place))


TABLES = sorted(path.name for path in LEXICON.glob("*.tsv") if path.name != "readings.tsv")


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_rectangular_and_without_repetition(table: str) -> None:
    lines = (LEXICON / table).read_text(encoding="utf-8").splitlines()
    assert len({row.count("\t") for row in lines}) == 1
    assert len(lines) == len(set(lines))


def test_each_name_of_an_organ_stands_once_and_names_a_function_that_there_is() -> None:
    names = Counter(row["name"] for row in rows("organ_names"))
    assert [name for name, times in names.items() if times > 1] == []
    assert {row["function"] for row in rows("organ_names")} - {""} <= functions().keys()
    assert {function.successor for function in functions().values()} - {""} <= functions().keys()


def test_a_name_of_a_function_is_a_name_of_its_organ() -> None:
    """What a function's organ is called in full is found again under that function, or under one that such an organ merges."""
    for function in functions().values():
        for stem in {name for names in function.names.values() for name in names if "{" not in name}:
            known = organ(stem)
            assert known is None or known.function, (function.id, stem)


def test_ids_of_central_organs_are_those_of_one_organ_each() -> None:
    organs = {entry for entries in central_organs().values() for entry in entries}
    assert len({entry.id for entry in organs}) == len(organs) == len(rows("central_organs"))
    names = {entry.name for entry in organs}
    assert all(successor.startswith("中共") or successor in names for entry in organs for successor in entry.successors)


def test_no_name_means_two_central_organs_at_one_date() -> None:
    """Between reforms; for some months after one both names are in use."""
    for year in range(2000, 2027):
        for name, entries in central_organs().items():
            there = [
                entry
                for entry in entries
                if entry.valid_from[:4] < str(year) and (not entry.valid_until or entry.valid_until[:4] > str(year))
            ]
            assert len(there) <= 1, (year, name)


def test_kinds_of_the_tables_are_those_of_the_code_list() -> None:
    tables = ("organ_names", "organ_functions", "central_organs", "vertical_organs", "organ_endings")
    assert {row["kind"] for table in tables for row in rows(table)} == set(schemas.codelist("unit_kinds"))


def test_names_that_stand_for_one_whole_name_have_one_function() -> None:
    """Else one organ has two ids: that of the function, and that of its name."""
    of: dict[tuple[str, str], set[str]] = {}
    for row in rows("organ_names"):
        of.setdefault((row["stem"], row["kind"]), set()).add(row["function"])
    assert {whole: found for whole, found in of.items() if len(found) > 1} == {}


def test_every_pattern_of_a_vertical_organ_is_read() -> None:
    for pattern in rows("vertical_organs"):
        if "{Q}" in pattern["pattern"]:
            continue
        name = pattern["pattern"].replace("{P}", "南昌市").replace("{p}", "南昌")
        date = pattern["valid_from"] or pattern["valid_until"] or None
        place = divisions.leading("江西省南昌市")
        assert place
        meant = identify(name, Jurisdiction(place[0]), date)
        assert meant.organ_id, name
        assert meant.kind, name


def test_every_division_leads_up_to_a_province() -> None:
    lines = (LEXICON / "divisions_gb2260.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in lines:
        code, *_, full_name = row.split("\t")
        above = divisions.chain(divisions.division(code))
        assert above[-1].level == "province"
        assert full_name.startswith(above[-1].name)
        assert full_name.endswith(above[0].name)


def test_ids_are_ascii() -> None:
    assert all(entry.id.isascii() for entries in central_organs().values() for entry in entries)
    assert all(name.isascii() for name in functions())
    assert registry.CENTRE.isascii()


def test_an_old_id_leads_to_the_organ_of_today() -> None:
    """What a table or a rule changed: no old id is in use, none leads to another old one."""
    listed = rows("organ_redirects")
    assert {row["now"] for row in listed}.isdisjoint(row["organ_id"] for row in listed)
    for row in listed:
        assert row["organ_id"] in registry.earlier_ids(row["now"], [])
        assert row["since"]
        assert row["reason"]


def test_an_organ_that_gets_a_row_keeps_the_id_of_its_name_as_an_alias() -> None:
    """县丝绸中心 has the id of its name; if it had a function, that id would lead to it."""
    place = divisions.division("421221")
    made_of_name = identify("县丝绸中心", Jurisdiction(place), None).organ_id
    assert made_of_name
    assert registry.earlier_ids("421221-sichou", ["县丝绸中心"]) == (made_of_name,)
    assert registry.earlier_ids(made_of_name, ["县丝绸中心", "嘉鱼县丝绸中心"]) == ()


TO_ITS_OWN = """
青禾县水利局关于印发工作分工的通知
局机关各科室、局属各单位：
一、修渠。（责任单位：局水政科、办公室、信息中心、县财政局）
二、护坡。（责任单位：水政科、局许可服务局）
三、发证。（责任单位：许可服务局）
江西省青禾县水利局
2022年4月15日
"""


def test_offices_of_the_issuing_organ_stand_by_their_own_names() -> None:
    text = TO_ITS_OWN.replace("青禾县", "南昌县")
    units = {spelling.name: unit for unit in gongwen.parse(text).units for spelling in unit.spellings}
    bureau = units["江西省南昌县水利局"]
    assert units["局水政科"] is units["水政科"]
    assert units["水政科"].full_name == f"{bureau.full_name}水政科"
    assert units["办公室"].full_name == f"{bureau.full_name}办公室"
    assert units["许可服务局"].full_name == f"{bureau.full_name}许可服务局"
    assert units["信息中心"].organ_id
    assert units["信息中心"].organ_id.startswith(f"{bureau.organ_id}-")
    assert units["信息中心"].full_name is None
    assert units["县财政局"].organ_id == "360121-caizheng"


def test_a_notice_to_others_has_no_offices_of_its_own_by_bare_names() -> None:
    text = TO_ITS_OWN.replace("青禾县", "南昌县").replace("局机关各科室、局属各单位", "各乡镇人民政府")
    units = {spelling.name: unit for unit in gongwen.parse(text).units for spelling in unit.spellings}
    assert units["局水政科"] is units["水政科"]
    assert units["信息中心"].organ_id != f"{units['江西省南昌县水利局'].organ_id}-xinxizhongxin"
    assert "水利局" not in (units["办公室"].full_name or "")


def test_the_units_concerned_are_one_class_in_whatever_words() -> None:
    of = Jurisdiction(divisions.division("360121"))
    names = ("县直有关部门", "县直各有关部门", "县直相关部门", "县直各相关部门")
    assert len({identify(name, of, None).organ_id for name in names}) == 1
    assert identify("县直各部门", of, None).organ_id != identify(names[0], of, None).organ_id


def test_a_class_among_recipients_isnt_the_government_of_the_notice() -> None:
    text = "山前省人民政府关于修渠的通知\n各盟行政公署、市人民政府：\n请认真落实。\n山前省人民政府\n2023年5月6日\n"
    notice = gongwen.parse(text)
    assert [(unit.name, unit.collective, unit.full_name) for unit in notice.units if unit.name == "市人民政府"] == [
        ("市人民政府", True, None)
    ]


def test_a_name_that_could_mean_several_organs_means_the_one_that_the_notice_names_in_full() -> None:
    text = "泉州市人民政府关于修渠的通知\n一、修渠。（市文旅局牵头，市文化广电和旅游局、市水利局配合）\n泉州市人民政府\n2022年5月6日\n"
    notice = gongwen.parse(text)
    [unit] = [unit for unit in notice.units if unit.name == "市文旅局"]
    assert [spelling.name for spelling in unit.spellings] == ["市文旅局", "市文化广电和旅游局"]
    assert unit.full_name == "泉州市文化广电和旅游局"


def test_a_name_that_the_full_name_of_another_organ_doesnt_hold_stays_open() -> None:
    text = "北京市人民政府关于修渠的通知\n一、修渠。（市广电局牵头，市文化和旅游局、市水务局配合）\n北京市人民政府\n2020年5月6日\n"
    notice = gongwen.parse(text)
    assert [unit.full_name for unit in notice.units if unit.name == "市广电局"] == [None]
