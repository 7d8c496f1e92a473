"""How good the extraction is: scores against gold, the page of errors, measured confidences, the page of figures.

Does not belong here: extraction itself (`orchestration.parse`), and gold (`tests/gold`, and the reference texts beside
the repository). Nothing in the pipeline depends on this package.
"""
