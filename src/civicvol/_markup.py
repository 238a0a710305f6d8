"""HTML that is escaped by construction: an element's children are text unless they are elements themselves."""

from html import escape


class Html(str):
    """A piece of HTML."""

    __slots__ = ()


def el(name: str, *children: str, **attributes: str) -> Html:
    """Return an element; its texts and attributes are escaped, and a trailing underscore of a name is dropped.

    >>> el("p", "a < b ", el("b", "c"), class_="note")
    '<p class="note">a &lt; b <b>c</b></p>'
    """
    given = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """Return pieces one after the other, those that are text escaped."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))
