"""Comparisons of figures: the house rule's word, and what chance alone would give. No Django here."""
