"""Takes files from customers and stores them: S3 for most, OSS for customers in China."""
