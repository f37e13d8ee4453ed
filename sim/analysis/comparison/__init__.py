"""Variants compared replication by replication: differences, their statistics and their tables."""
