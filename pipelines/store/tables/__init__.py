"""The tables of a ledger, one subject a file: what it holds, and the questions that are asked of it."""
