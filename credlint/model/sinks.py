"""What a sink does with the credentials that it is given: facts of the catalogue."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass


class TokenSupport(Enum):
    """What a sink does about the session token (facts of the catalogue).

    OPTIONAL: leaving it out sends none; REQUIRED: the constructor wants it; NONE: there is no way to carry one.
    """

    OPTIONAL = "optional"
    REQUIRED = "required"
    NONE = "none"


class EndpointKind(Enum):
    """Where a client sends its requests. ABSENT is the SDK's own default endpoint."""

    ABSENT = "absent"
    CLOUD = "cloud"
    LOCAL = "local"
    OTHER = "other"
    UNKNOWN = "unknown"


class Handling(Enum):
    """What an SDK makes of credentials that are not complete.

    REFUSED: it raises; KEPT: it goes on with what there is, and looks no further; IGNORED: it goes on as if nothing was
    given; ENVIRONMENT: it takes what is missing from the environment.
    """

    REFUSED = "refused"
    KEPT = "kept"
    IGNORED = "ignored"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What an SDK makes of a key id alone, a secret alone, a token alone, and of blank key id and secret."""

    key_id: Handling | None = None
    secret: Handling | None = None
    token: Handling | None = None
    blank: Handling | None = None


NOT_KNOWN = Incomplete()


class TokenFate(Enum):
    """What becomes of the token: SENT; DROPPED, whatever is given; ENVIRONMENT: where none is given, its variable's."""

    SENT = "sent"
    DROPPED = "dropped"
    ENVIRONMENT = "environment"


class SinkUse(Enum):
    """What kind of work the receiver of the credentials does.

    DATA: a client, filesystem or signer for objects and other data; CONTROL: IAM, RAM, organizations, KMS;
    IDENTITY: STS and role providers, which rightly take the parent key; SESSION: a session or credential object that
    makes clients; ENVIRONMENT: variables or a credentials file for a process; UNKNOWN: the service is not known.
    """

    DATA = "data"
    CONTROL = "control"
    IDENTITY = "identity"
    SESSION = "session"
    ENVIRONMENT = "environment"
    UNKNOWN = "unknown"
