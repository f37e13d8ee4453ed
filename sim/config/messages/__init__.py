"""What is wrong with a file, in plain English."""
