"""Pieces of a shift that an exchange has parted: what goes for the shift goes for them."""

from civicvol.desk.details import ShiftDetails
from civicvol.desk.state import DeskState


def origins(state: DeskState) -> dict[str, str]:
    """Return for each piece of a shift, by id, the id of the shift that it was a part of to begin with."""
    found: dict[str, str] = {}
    for offer in state.offers:  # a piece is parted again only after it has come to be
        whole = offer.assignment.shift
        found.update((piece.id, found.get(whole, whole)) for piece in offer.pieces)
    return found


def details_by_shift(state: DeskState) -> dict[str, ShiftDetails]:
    """Return the details of shifts, by id; a piece has those of its whole where it has none of its own."""
    known = {each.shift: each for each in state.details}
    return {piece: known[whole] for piece, whole in origins(state).items() if whole in known} | known
