"""Clauses of responsibility: their tokens, their grammar, whether a text is one, and what names share with their neighbours."""
