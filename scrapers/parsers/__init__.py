"""One parser a field.

A parser is a module named after its field with

- `candidates(document) -> Iterator[Candidate]`: the values that the page offers, best evidence first, lazily, each
  already in the field's form;
- `from_elements(elements, document) -> value | None`: the field's value printed in these elements, for a site that
  names the place with a selector.

`FIELDS` lists the modules in the order in which a reader meets the fields.
"""
