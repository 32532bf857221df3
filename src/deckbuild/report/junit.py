"""The result of a build -> JUnit XML: a suite a file, a test case a snippet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from deckbuild.model import Checked, CheckedCard, Repair, SnippetVerdict

from .findings import Finding
from .once import snippets_once

# Source: the production Char of XML 1.0.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(checked: Checked, counted: Collection[Finding]) -> str:
    """A failure for each snippet that a counted finding concerns; counted findings of the text stand in `system-err`.

    Cases carry `file` and `line`, as pytest's family xunit1 does, and the place of their error in the failure.
    """
    cases: dict[str, list[ET.Element]] = {s.path: [] for s in checked.deck.sources}
    of_snippet: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in counted:
        of_snippet.setdefault((finding.path, finding.snippet), []).append(finding)
    names: Counter[tuple[str, str]] = Counter()
    for card, repair in snippets_once(checked):
        path = repair.snippet.path
        names[path, card.card.title] += 1
        own = of_snippet.pop((path, repair.snippet.line), [])
        cases.setdefault(path, []).append(_case(card, repair, names[path, card.card.title], own))
    suites = ET.Element("testsuites", name="deckbuild", time=f"{checked.seconds:.3f}")
    for path, of_file in cases.items():
        rest = [f for (of_path, _), findings in of_snippet.items() if of_path == path for f in findings]
        if of_file or rest:
            suites.append(_suite(path, of_file, rest))
    _total(suites, [*suites.iter("testcase")])
    ET.indent(suites, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _case(card: CheckedCard, repair: Repair, number: int, findings: Sequence[Finding]) -> ET.Element:
    snippet = repair.snippet
    case = ET.Element(
        "testcase",
        classname=_clean(PurePosixPath(snippet.path).with_suffix("").as_posix().replace("/", ".")),
        name=_clean(f"{card.card.title} [{number}]"),
        file=_clean(snippet.path),
        line=str(snippet.line),
        time=f"{repair.outcome.seconds if repair.outcome else 0:.3f}",
    )
    properties = ET.SubElement(case, "properties")
    for name, value in (("verdict", repair.verdict.value), ("card", card.id)):
        ET.SubElement(properties, "property", name=name, value=value)
    if findings:
        failed = repair.verdict is SnippetVerdict.FAILED and repair.error is not None
        kind = repair.error.type if failed and repair.error else findings[0].code
        message = _clean(findings[0].message)
        failure = ET.SubElement(case, "failure", type=_clean(kind), message=message)
        failure.text = _clean("\n".join(f"{f.path}:{f.line}: {f.kind}: {f.message}" for f in findings))
    elif repair.verdict is SnippetVerdict.SKIPPED:
        ET.SubElement(case, "skipped", message=_clean(": ".join(filter(None, (repair.reason, repair.why)))))
    return case


def _suite(path: str, cases: Collection[ET.Element], findings: Sequence[Finding]) -> ET.Element:
    suite = ET.Element("testsuite", name=_clean(path))
    suite.extend(cases)
    _total(suite, cases)
    suite.set("time", f"{sum(float(case.get('time', '0')) for case in cases):.3f}")
    if findings:
        lines = "\n".join(f"{f.path}:{f.line}: {f.kind}[{f.code}]: {f.message}" for f in findings)
        ET.SubElement(suite, "system-err").text = _clean(lines)
    return suite


def _total(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    counted = Counter(child.tag for case in cases for child in (case, *case))
    element.set("tests", str(counted["testcase"]))
    element.set("failures", str(counted["failure"]))
    element.set("errors", "0")
    element.set("skipped", str(counted["skipped"]))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
