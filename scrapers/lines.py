"""An element of a page."""

from lxml import etree

Element = etree._Element
