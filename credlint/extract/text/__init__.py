"""Readers of text inside other files: shell scripts, INI, template marks, ignore comments. They know no cloud."""
