"""Pure knowledge about credentials: key grammar, lifetimes, the environment in effect; names are the catalogue's."""
