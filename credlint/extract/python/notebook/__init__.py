"""Jupyter notebooks: the JSON around the cells, what is no Python in them, and the module that they make together."""
