"""Targets: the goals of running text and of tables, with what speaks for and against each number."""
