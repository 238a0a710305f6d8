"""Which certificates no longer hold: a list that the issuer signs and publishes, so that anybody can look it up."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.errors import RefusedError
from civicvol.labels import Label
from civicvol.service._canonical import canonical
from civicvol.service._seal import sealed, unsealed
from civicvol.service.keys import PublicKey, SigningKey

_KIND = "civicvol-withdrawals"
_STEP = "read_withdrawals"
_STRANGE = Label("what was signed is no list of withdrawn certificates", "所签内容不是证明撤销名单")


@attrs.frozen(kw_only=True)
class Withdrawals:
    """The certificates of an issuer that were withdrawn, as known at a moment.

    It names serial numbers alone: nobody learns from it whose certificates they are, or why they were withdrawn.

    Args:
        as_of: the moment.
        serials: the serial numbers.
    """

    as_of: datetime = attrs.field(converter=as_moment, validator=moment)
    serials: frozenset[str] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier)
    )


def sign_withdrawals(withdrawals: Withdrawals, key: SigningKey) -> str:
    """Return the list with its signature, as one line of text to publish.

    It is written as a verification code is (see `verify_code`), with the type `civicvol-withdrawals`.

    Raises:
        InputError: an argument is of the wrong kind.
        MissingExtraError: `cryptography` is not installed.
    """
    _fields.require(
        withdrawals=(withdrawals, _fields.is_a(Withdrawals, "Withdrawals")),
        key=(key, _fields.is_a(SigningKey, "a SigningKey")),
    )
    return sealed(canonical(withdrawals), _KIND, key)


def read_withdrawals(text: str, key: PublicKey) -> Withdrawals:
    """Return the list that an issuer signed.

    Args:
        text: what `sign_withdrawals` wrote.
        key: the issuer's public key.

    Raises:
        InputError: an argument is of the wrong kind.
        RefusedError: the list was cut off or altered, or somebody else made it.
        MissingExtraError: `cryptography` is not installed.
    """
    _fields.require(text=(text, _fields.is_a(str, "text")), key=(key, _fields.is_a(PublicKey, "a PublicKey")))
    payload = unsealed(text, _KIND, key, _STEP)
    try:
        found = json.loads(payload)
        stated, _, zone = found["as_of"].rstrip("]").partition("[")
        withdrawals = Withdrawals(
            as_of=datetime.fromisoformat(stated).astimezone(ZoneInfo(zone)), serials=frozenset(found["serials"])
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError):
        raise RefusedError(_STEP, [_STRANGE]) from None
    if canonical(withdrawals) != payload:
        raise RefusedError(_STEP, [_STRANGE])
    return withdrawals
