"""Readers of text that stands inside other files: shell scripts, INI, template marks, ignore comments. They know no cloud."""
