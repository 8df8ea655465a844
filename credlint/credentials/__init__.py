"""Pure knowledge about credentials: form, account and lifetime of keys, the environment in effect; names are data."""
