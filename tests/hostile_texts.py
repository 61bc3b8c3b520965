"""Texts that repeat one construct, each a function of the number of repetitions: time must grow with their length only."""

from __future__ import annotations

from collections.abc import Callable

HEAD = "青禾政办发〔2023〕15号\n青禾县人民政府办公室关于做好防汛工作的通知\n各乡镇人民政府：\n"
BODY = "一、工作目标\n到2025年，新建泵站3座。\n二、重点任务\n1.检修泵站。汛前完成检修。（县水利局负责）\n"
TAIL = "青禾县人民政府办公室\n2023年4月6日\n"
_NAMES = "水利财政教育农业林业交通民政司法商务文旅卫健应急审计统计医保信访档案气象地震税务"
_NUMERALS = "一二三四五六七八九"


def _name(number: int) -> str:
    """A name of a unit of its own for each number."""
    size = len(_NAMES)
    return f"县{_NAMES[number % size]}{_NAMES[number // size % size]}{_NAMES[number // size**2 % size]}局"


def _numeral(number: int) -> str:
    return "".join(_NUMERALS[int(digit) - 1] if digit != "0" else "〇" for digit in str(number))


TEXTS: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "政府工作" * n,
    "open brackets": lambda n: HEAD + "（" * n,
    "nested brackets": lambda n: HEAD + "（" * n + "县水利局负责" + "）" * n,
    "nested titles": lambda n: HEAD + "《" * n + "办法" + "》" * n,
    "brackets that never close": lambda n: HEAD + "（责任单位：县水利局、" * n,
    "levels without a name": lambda n: HEAD + "一、修渠。（县水利局、" + "省" * n + "牵头）",
    "classes without a name": lambda n: HEAD + "一、修渠。（县水利局、" + "各" * n + "牵头）",
    "markers out of order": lambda n: HEAD + "".join(f"{n - i}.事项。\n（{i % 9}）\n" for i in range(n // 4)),
    "digits": lambda n: HEAD + "一、目标\n" + "1" * n + "%",
    "numbers": lambda n: HEAD + "一、目标\n到2025年，达到" + "12.5%、" * n,
    "dates": lambda n: HEAD + "2023年4月6日\n" * n,
    "question marks": lambda n: "區(qū)域" * 5 + "?" * n,
    "notes": lambda n: "區(qū)" * n,
    "blanks": lambda n: HEAD + "政 " * n,
    "ideographic blanks": lambda n: HEAD + "政府。　　" * n,
    "tabs": lambda n: HEAD + "工作任务\t责任单位\n" * n,
    "quotes": lambda n: HEAD + '"政府' * n,
    "units": lambda n: HEAD + "1.检修。（" + "县水利局、" * n + "县财政局负责）",
    "words of responsibility": lambda n: HEAD + "1.检修（" + "责任" * n,
    "manners": lambda n: HEAD + "1.检修（" + "各自" * (n // 2),
    "verbs": lambda n: HEAD + "1.检修（" + "配合" * (n // 2) + "检修）",
    "labelled lines": lambda n: HEAD + "一、目标\n" + "责任单位：平均\n" * (n // 8),
    "conjunctions": lambda n: HEAD + "1.检修。（" + "县水利局和" * n + "县财政局负责）",
    "line feeds": lambda n: HEAD + "\n" * n,
    "signatures": lambda n: HEAD + "青禾县水利局\n" * n + "2023年4月6日\n",
    "whole notices in one line": lambda n: (HEAD + BODY + TAIL).replace("\n", "　　") * (n // 20),
    "citations": lambda n: HEAD + "根据《关于加强管理的通知》（青政发〔2020〕1号，以下简称《通知》）" * (n // 8),
    "clauses in one line": lambda n: HEAD + "一、任务\n" + "（县水利局负责）" * n,
    "clauses behind sentences": lambda n: HEAD + "一、任务\n" + "检修泵站。（县水利局负责）" * (n // 2),
    "distinct units": lambda n: HEAD + "".join(f"{i + 1}.检修泵站。（{_name(i)}负责）\n" for i in range(n // 4)),
    "distinct units in one clause": lambda n: HEAD + "1.检修。（" + "、".join(map(_name, range(n))) + "负责）",
    "clauses open on each line": lambda n: HEAD + "一、任务\n" + "检修。（县水利局、\n" * (n // 2),
    "two markers alternating": lambda n: HEAD + "".join(f"{_NUMERALS[i % 9]}、事项\n（{_NUMERALS[i % 9]}）检修。\n" for i in range(n // 4)),
    "five markers alternating": lambda n: HEAD + "一、事项\n（一）事项\n1.事项。检修。\n（1）检修。\n①检修。\n" * (n // 8),
    "aliases": lambda n: HEAD + "".join(f"《第{_numeral(i)}号办法》（以下简称《{_numeral(i)}法》）按《{_numeral(i)}法》办理。\n" for i in range(n // 8)),
    "whole notices": lambda n: (HEAD + BODY + TAIL) * (n // 20),
    "plans with annexes": lambda n: HEAD + "附件1\n防汛方案\n" * (n // 4),
    "contents": lambda n: HEAD + "目录\n" + "一、任务……………3\n" * (n // 4),
    "rows without borders": lambda n: HEAD + "附件\n任务分工表\n序号\n工作任务\n责任单位\n完成时限\n" + "".join(f"{i + 1}\n检修{_numeral(i)}号泵站\n县水利局\n6月底前\n" for i in range(n // 8)),
    "rows run together": lambda n: HEAD + "附件\n任务分工表\n序号工作任务责任单位\n" + "".join(f"{i + 1}检修{_numeral(i)}号泵站县水利局\n" for i in range(n // 8)),
    "rows in one line": lambda n: HEAD + "附件\n任务分工表\n序号 工作任务 责任单位 " + " ".join(f"{i + 1} 检修{_numeral(i)}号泵站 县水利局" for i in range(n // 8)),
    "pipes": lambda n: HEAD + "| 序号 | 工作任务 | 责任单位 |\n| --- | --- | --- |\n" + "".join(f"| {i + 1} | 检修泵站 | 县水利局 |\n" for i in range(n // 8)),
    "pipes in one line": lambda n: HEAD + "|序号|工作任务|责任单位| " + " ".join(f"|{i + 1}|检修泵站|县水利局|" for i in range(n // 8)),
    "lines of a table": lambda n: HEAD + "┌──┬──┐\n│序号│任务│\n" + "├──┼──┤\n│1│检修泵站│\n" * (n // 8),
    "tabs of a table": lambda n: HEAD + "序号\t工作任务\t责任单位\t完成时限\n" + "".join(f"{i + 1}\t检修泵站\t县水利局\t6月底前\n" for i in range(n // 8)),
    "heads of tables": lambda n: HEAD + "序号\n工作任务\n责任单位\n" * (n // 4),
    "items without line feeds": lambda n: HEAD.strip() + "".join(f"（{_numeral(i + 1)}）检修{_numeral(i)}号泵站。汛前完成。" for i in range(n // 8)),
    "headings without line feeds": lambda n: HEAD + "一、总体要求坚持安全第一。" + "二、重点任务检修泵站。" * (n // 4),
    "items with full stops": lambda n: HEAD + "一、任务" + "".join(f"{i + 1}.检修泵站。" for i in range(n // 4)),
    "bare numbers as markers": lambda n: HEAD + "".join(f"{i + 1}检修泵站 " for i in range(n // 3)),
    "duties": lambda n: HEAD + "一、要求\n" + "县水利局要在6月底前完成检修。" * (n // 4),
    "duties of distinct units": lambda n: HEAD + "一、要求\n" + "".join(f"{_name(i)}要于{i % 12 + 1}月底前报送总结。" for i in range(n // 4)),
    "duties without an end": lambda n: HEAD + "一、要求\n" + "县水利局要" * n,
    "actors": lambda n: HEAD + "一、要求\n" + "县水利局、" * n + "要完成检修。",
    "tasks of distinct names": lambda n: HEAD + "一、任务\n" + "".join(f"{i + 1}.检修。由{_name(i)}牵头办理。（{_name(i)}负责）\n" for i in range(n // 6)),
    "dates of steps": lambda n: HEAD + "1.检修。" + "6月底前完成检修，" * (n // 3) + "（县水利局负责）",
    "bare dates of steps": lambda n: HEAD + "1.检修。" + "2024年6月，" * (n // 2) + "（县水利局负责）",
    "years": lambda n: HEAD + "1.检修。到" + "2024年、" * n + "完成。",
    "periods": lambda n: HEAD + "一、步骤\n" + "（一）部署阶段（2024年1月至3月）。完成部署。\n" * (n // 8),
    "goals": lambda n: HEAD + "一、目标\n到2025年，" + "新建泵站3座，" * (n // 2),
    "goals in items": lambda n: HEAD + "一、目标\n" + "".join(f"{i + 1}.到2025年，新建泵站{i}座。\n" for i in range(n // 6)),
    "goals without numbers": lambda n: HEAD + "一、目标\n到2025年，" + "水平明显提升，" * (n // 2),
    "goals without an end": lambda n: HEAD + "一、目标\n到2025年" + "基本形成" * n,
    "indicators without numbers": lambda n: HEAD + "一、目标\n到2025年，" + "泵站完好率、" * n + "达到90%以上。",
    "baselines": lambda n: HEAD + "一、目标\n" + "由2020年的45%提高到2025年的80%，" * (n // 4),
    "ranges": lambda n: HEAD + "一、目标\n" + "3—5%至" * n,
    "offices of the issuer": lambda n: HEAD + "".join(f"{i + 1}.检修。（{_NAMES[i % 20]}{_NAMES[i // 20 % 20]}科、办公室负责）\n" for i in range(n // 4)),
    "short names": lambda n: HEAD + "1.检修。（" + "县发展改革委、工业和信息化局、" * (n // 3) + "负责）",
    "document numbers": lambda n: HEAD + "".join(f"青政发〔2020〕{i}号、" for i in range(n // 2)),
    "serials of one document": lambda n: HEAD + "青政发〔2020〕3、5号" * (n // 2),
    "document numbers as lines": lambda n: "青政发〔2020〕1号\n" * (n // 2) + HEAD + BODY,
    "titles as lines": lambda n: "青禾县人民政府关于印发方案的通知\n" * (n // 3) + BODY,
    "recipients": lambda n: HEAD + "各乡镇人民政府、" * (n // 2) + "各部门：\n" + BODY,
    "issuers": lambda n: HEAD + BODY + "".join(f"青禾{_name(i)}\n" for i in range(n // 2)) + "2023年4月6日\n",
    "copied to": lambda n: HEAD + BODY + TAIL + "抄送：" + "县委办公室，" * (n // 2) + "。\n",
    "conventions": lambda n: HEAD + "列首位的为牵头单位，各县均为责任单位，不再列出。" * (n // 24) + TAIL,
    "imprints": lambda n: HEAD + BODY + TAIL + "青禾县人民政府办公室2023年4月6日印发\n" * (n // 4),
    "labels": lambda n: "索引号：1\n发文机关：县政府\n" * (n // 4) + HEAD + BODY,
    "short lines": lambda n: HEAD + "检修\n泵站\n" * (n // 2),
    "hard-wrapped lines": lambda n: HEAD + "各乡镇人民政府要切实做好防汛的各项准备工作，\n落实责任，加强值守，确保人民群众安全度汛\n" * (n // 8),
    "spaced letters": lambda n: HEAD + "检 修 泵 站 ， 落 实 责 任 。\n" * (n // 4),
    "pinyin with blanks": lambda n: HEAD + "高(gāo )校(xiào )" * (n // 4),
    "wrong decoding": lambda n: ("检修泵站。" * (n // 2)).encode().decode("latin-1"),
    "wrong decoding as GBK": lambda n: ("检修泵站。" * (n // 2)).encode().decode("gbk", "replace"),
    "traditional script": lambda n: HEAD + "縣水利局負責檢修泵站，確保安全。" * (n // 4),
    "alternating scripts": lambda n: HEAD + "縣县" * n,
    "effective": lambda n: HEAD + BODY + "本办法自2023年5月1日起施行，有效期5年。\n" * (n // 4),
    "terms of titles": lambda n: HEAD + "《" + "防汛" * n + "》",
    "unclosed titles": lambda n: HEAD + "《防汛办法、" * n,
    "commas": lambda n: HEAD + "一、要求\n" + "检修，" * n,
    "articles": lambda n: HEAD + "".join(f"第{_numeral(i + 1)}条　检修泵站。\n" for i in range(n // 4)),
    "references to items": lambda n: HEAD + BODY + "按照第一条第（一）项第1点，" * (n // 4),
    "page of paragraphs": lambda n: "<html><body>" + "<p>一、任务</p><p>检修。（县水利局负责）</p>" * (n // 8) + "</body></html>",
    "page of spans": lambda n: "<html><body><p>" + "<span>检修</span>" * (n // 4) + "</p></body></html>",
    "page of rows": lambda n: "<table><tr><td>序号</td><td>工作任务</td><td>责任单位</td></tr>" + "<tr><td>1</td><td>检修泵站</td><td>县水利局</td></tr>" * (n // 8) + "</table>",
    "page of merged cells": lambda n: "<table><tr><td>类别</td><td>工作任务</td></tr>" + f"<tr><td rowspan={n // 4}>泵站</td><td>检修</td></tr>" + "<tr><td>检修</td></tr>" * (n // 4) + "</table>",
    "page of tables": lambda n: "<table><tr><td>工作任务</td><td>责任单位</td></tr><tr><td>检修</td><td>县水利局</td></tr></table>" * (n // 10),
    "page of open tags": lambda n: "<p><b>检修" * (n // 4),
    "page of styles": lambda n: "<style>" + "".join(f".a{i}{{display:none}}" for i in range(n // 8)) + "</style>" + "".join(f"<p class=a{i}>检修</p>" for i in range(n // 8)),
}  # fmt: skip
