"""The result of a build -> what people and machines read of it.

In: `Checked`. Out: the JSON report, the findings and which of them are accepted, and their forms: lines for the console,
JUnit XML, SARIF, GitHub annotations. All are texts or plain data; nothing here writes a file.
"""

from typing import TYPE_CHECKING

from deckbuild.lazy import on_demand

from .console import console_text
from .findings import DEFAULT_KINDS, KINDS, STRICT_KINDS, Finding, FindingKind, accept, counted, find

if TYPE_CHECKING:
    from .baseline import dump_baseline, parse_baseline
    from .github import github_annotations, github_summary
    from .junit import junit_xml
    from .page import draw_page
    from .record import report_json
    from .sarif import sarif_json

# A build writes what it is asked for, which is seldom all of it.
__getattr__ = on_demand(
    __name__,
    {
        "draw_page": ".page",
        "dump_baseline": ".baseline",
        "github_annotations": ".github",
        "github_summary": ".github",
        "junit_xml": ".junit",
        "parse_baseline": ".baseline",
        "report_json": ".record",
        "sarif_json": ".sarif",
    },
)

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
