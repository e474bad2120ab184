"""The suite; paths mirror the package."""
