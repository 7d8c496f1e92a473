"""Tables of the domain (countries, organisations, offices, places, verbs, words) and small look-ups around them.

The tables are `data/*.csv`, each with a source in `data/README.md`; a domain expert corrects a line there without
touching Python. Does not belong here: anything that reads an article.
"""
