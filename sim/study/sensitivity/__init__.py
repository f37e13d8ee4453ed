"""Sensitivity: how an answer moves with what is put in, and what would turn it round."""
