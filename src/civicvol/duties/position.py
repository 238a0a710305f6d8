"""A position: a post in the community's work, with its steps, what it asks for and how long one may stand at it."""

import attrs

from civicvol import _fields
from civicvol.labels import Label, as_label
from civicvol.people.skill import SkillNeed, as_needs, needs


@attrs.frozen(kw_only=True)
class Position:
    """A post that shifts staff: sampling, registration, keeping order, supervising the bins.

    Args:
        id: the app's own id.
        label: what people call it.
        steps: what is done there, in order.
        needs: skills that everybody at it must have, whatever their role.
        minimum_age: youngest age in full years.
        longest_stretch: most minutes at a stretch where the work is demanding (heat, protective clothing); None where
            it is not.
    """

    id: str = attrs.field(validator=_fields.identifier)
    label: Label = attrs.field(
        default=attrs.Factory(lambda self: as_label(self.id), takes_self=True),
        converter=as_label,
        validator=_fields.is_a(Label, "a label"),
    )
    steps: tuple[str, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier)
    )
    needs: tuple[SkillNeed, ...] = attrs.field(default=(), converter=as_needs, validator=needs)
    minimum_age: int = attrs.field(default=0, validator=_fields.whole(0, 120))
    longest_stretch: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole(1)))

    def __str__(self) -> str:
        return self.label.en
