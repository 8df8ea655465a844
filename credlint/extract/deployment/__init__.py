"""The reader of deployment YAML: text to tree, tree and dialect to scopes, scopes to facts."""
