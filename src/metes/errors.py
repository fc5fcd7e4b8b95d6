"""Every error a user can cause, and the one table from cause to exit code and HTTP status."""

from __future__ import annotations


class MetesError(Exception):
    """Say what is wrong, where, and what to do; never reaches a user as a traceback.

    `exit_code` is what the command returns, `http_status` what the server answers.
    """

    exit_code = 2
    http_status = 400


class BadInput(MetesError):
    """The text, file, number or date that was given cannot be used as it is."""


class UnknownName(MetesError):
    """No record has this id or name."""

    http_status = 404


class GazetteError(MetesError):
    """A gazette record breaks a rule; the message is what `metes lint` prints."""


class DelimitError(GazetteError):
    """A line or territory cannot be compiled; names both legs and the gap in metres."""


class AtlasError(MetesError):
    """The atlas is missing, damaged or older than this program can read."""

    http_status = 503


class OutsideCoverage(MetesError):
    """The question is about land or time that the ledger does not cover."""

    http_status = 404
