"""The result of a build -> text on standard output and the report files that were asked for."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import click

from deckbuild import report
from deckbuild.errors import UsageError
from deckbuild.files import replace_files
from deckbuild.model import Checked
from deckbuild.options import ReportOptions
from deckbuild.report import KINDS, STRICT_KINDS, Finding, FindingKind, accept, console_text, counted, find


def chosen_kinds(options: ReportOptions) -> frozenset[FindingKind]:
    """The kinds of findings that `--strict` and `--fail-on` name; none if neither is given."""
    named = frozenset(kind for kind in KINDS if kind in options.fail_on)
    return named | (STRICT_KINDS if options.strict else frozenset())


def tell(checked: Checked, options: ReportOptions, kinds: Collection[FindingKind]) -> tuple[Finding, ...]:
    """Writes and prints what the options ask for. The findings of the kinds that count."""
    findings = find(checked)
    files: dict[Path, bytes] = {}
    if options.update_baseline:
        files[_baseline(options)] = report.dump_baseline(counted(findings, kinds)).encode()
        findings = accept(findings, Counter(f.fingerprint for f in counted(findings, kinds)))
    elif options.baseline:
        findings = accept(findings, _read_baseline(Path(options.baseline)))
    counts = counted(findings, kinds)
    content = report.report_json(checked) if options.report or options.format == "json" else {}
    if options.report:
        files[Path(options.report)] = _json(content)
    if options.junit:
        files[Path(options.junit)] = report.junit_xml(checked, counts).encode()
    if options.sarif:
        files[Path(options.sarif)] = _json(report.sarif_json(checked, findings, counts))
    replace_files(files)
    match options.format:
        case "text":
            click.echo(console_text(checked, findings, counts, options.verbosity), nl=False)
        case "json":
            click.echo(_json(content), nl=False)
        case "github":
            click.echo(report.github_annotations(checked, findings, counts), nl=False)
            _append_summary(report.github_summary(checked, counts))
    for note in checked.notes if options.verbosity >= 0 else ():
        click.echo(note, err=True)
    return counts


def _baseline(options: ReportOptions) -> Path:
    if options.baseline is None:
        raise UsageError("--update-baseline: where to? · expected --baseline FILE")
    return Path(options.baseline)


def _read_baseline(path: Path) -> Counter[tuple[str, ...]]:
    try:
        return report.parse_baseline(path.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the baseline cannot be read: {error} · write it with --update-baseline") from error


def _json(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    # A snippet may well compute half a surrogate pair, which has no bytes.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text).encode() + b"\n"


def _append_summary(text: str) -> None:
    """To the page that the workflow's runner names."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
