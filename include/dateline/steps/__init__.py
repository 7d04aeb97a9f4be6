"""What is done: one pure function a file, named by its verb."""
