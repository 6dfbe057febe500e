"""What tests, benchmarks and captures share."""
