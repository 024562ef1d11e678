"""The HTML of an article: what may stand in it, and everything else taken out.

News and guides are the only HTML a person can write into the record. They are cleaned where they are written and once
more where they are drawn, so that neither a later editor nor a row from elsewhere brings a script onto a page.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import nh3

TAGS: Final = frozenset(
    {"a", "blockquote", "br", "em", "figcaption", "figure", "h2", "h3", "img", "li", "ol", "p", "strong", "ul"}
)
ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
}
CLASSES: Final = {"img": {"img-fluid"}}
LINKS: Final = frozenset({"", "http", "https", "mailto", "tel"})  # "": an address of our own pages
# An SVG inside <img> runs no script and loads nothing; pictures from elsewhere would tell others who reads us.
_PICTURE: Final = re.compile(r"data:image/(?:svg\+xml|png|jpeg);base64,[A-Za-z0-9+/=]*\Z|/(?![/\\])")


def clean_html(html: str) -> str:
    """The article without anything that could run, load from elsewhere or pose as a form; its words stay."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_judged,
        url_schemes={"data", *LINKS} - {""},
        link_rel=None,
    )


def _judged(tag: str, name: str, value: str) -> str | None:
    """An attribute as it may stand, or None."""
    if (tag, name) == ("a", "href"):
        return value if _scheme(value) in LINKS else None
    if (tag, name) == ("img", "src"):
        return value if _PICTURE.match(value) else None
    return value


def _scheme(address: str) -> str | None:
    """The scheme of an address as a browser reads it, which skips spaces and control signs; None: unreadable."""
    try:
        return urlsplit(re.sub(r"[\x00-\x20]", "", address)).scheme.lower()
    except ValueError:
        return None
