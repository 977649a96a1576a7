"""What every part of a page is, under a public name, and its commonest attributes."""

from lxml import etree

Element = etree._Element

CLASS, ID, REL = b"class", b"id", b"rel"
"""As bytes, for lxml finds those in half the time of strings; for what is asked of each element of a page."""
