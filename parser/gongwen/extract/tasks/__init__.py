"""Tasks and what belongs to them: rows of tables, sentences, dated steps, organs that act, and duties outside of tasks."""
