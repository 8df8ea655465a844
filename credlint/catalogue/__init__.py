"""What is known about clouds, SDKs and rules: the YAML of rules/ read into frozen types."""
