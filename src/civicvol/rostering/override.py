"""Overrides: what was agreed although a rule stands against it, and why."""

import attrs

from civicvol import _fields


@attrs.frozen(kw_only=True)
class Override:
    """An agreement that somebody may take a shift although rules on single assignments stand against it.

    A family evening given up for a screening, a trainee let in under supervision: the roster may have the assignment,
    and its check still names it, with the reason.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        reason: why; not empty.
        rules: names of the rules that are set aside; all on single assignments where empty.
        agreed_by: who agreed, in the app's own words.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    shift: str = attrs.field(validator=_fields.identifier)
    reason: str = attrs.field(validator=_fields.identifier)
    rules: frozenset[str] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier)
    )
    agreed_by: str = attrs.field(default="", validator=_fields.text)

    def sets_aside(self, rule: str) -> bool:
        """Return whether it sets a rule, given by name, aside."""
        return not self.rules or rule in self.rules
