"""What the command line does with the whole product: each module has `main(arguments)`."""
