"""Extraction on Spark, for corpora that one machine would work on for weeks: ``kg extract --engine spark``.

The code here decides what runs where; what is done with a post is the same code as on one machine.
"""
