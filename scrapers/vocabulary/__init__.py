"""The words that parsers know, by language, as data: one module a subject."""
