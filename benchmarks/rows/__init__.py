"""The measurements, one a file: each gives a `Row`."""
