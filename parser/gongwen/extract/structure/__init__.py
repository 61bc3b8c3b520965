"""The parts, sections, blocks, other tables and repairs of a notice."""
