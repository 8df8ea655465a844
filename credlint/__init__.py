"""Find, before deployment, the credential mistakes that end in "The Access Key Id you provided does not exist"."""

__version__ = "0.1.0"
