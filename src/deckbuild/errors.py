"""What stops a build. A card that fails is data, never one of these.

DeckbuildError
├── UsageError         wrong usage or configuration, unwritable output, a required sandbox that is missing: exit 2
└── NothingToBuild     no card could be read: exit 3
"""


class DeckbuildError(Exception):
    """Base of all errors that stop a build; its text says what was found and what to do."""

    exit_code = 2


class UsageError(DeckbuildError):
    """The command line, the configuration or the machine does not allow the build."""


class NothingToBuild(DeckbuildError):  # noqa: N818  reads as what happened, not as what it is
    """The sources hold no card."""

    exit_code = 3
