"""Changes to a program that leave alone what it does with credentials."""
