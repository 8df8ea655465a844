"""Pure knowledge about credentials: key grammar, account decoding, lifetimes; names and numbers are the catalogue's."""
