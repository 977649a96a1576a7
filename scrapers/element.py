"""What every part of a page is, under a public name."""

from lxml import etree

Element = etree._Element
