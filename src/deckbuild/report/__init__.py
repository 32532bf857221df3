"""The result of a build -> what people and machines read of it.

In: `Checked`. Out: the JSON report, the findings and which of them are accepted, and their forms: lines for the console,
JUnit XML, SARIF, GitHub annotations. All are texts or plain data; nothing here writes a file.
"""

from .baseline import dump_baseline, parse_baseline
from .console import console_text
from .findings import DEFAULT_KINDS, KINDS, STRICT_KINDS, Finding, FindingKind, accept, counted, find
from .github import github_annotations, github_summary
from .junit import junit_xml
from .page import draw_page
from .record import report_json
from .sarif import sarif_json

__all__ = [
    "DEFAULT_KINDS",
    "KINDS",
    "STRICT_KINDS",
    "Finding",
    "FindingKind",
    "accept",
    "console_text",
    "counted",
    "draw_page",
    "dump_baseline",
    "find",
    "github_annotations",
    "github_summary",
    "junit_xml",
    "parse_baseline",
    "report_json",
    "sarif_json",
]
