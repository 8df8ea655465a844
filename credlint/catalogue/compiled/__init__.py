"""What a run needs of rules/ as Python, which `python -m credlint.catalogue.compile` writes; nothing here by hand."""
