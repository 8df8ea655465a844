"""Pure knowledge about credentials: key grammar, account decoding, lifetimes. Names and numbers come from the catalogue."""
