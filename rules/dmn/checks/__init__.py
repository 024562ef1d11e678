"""What is wrong with a model before anybody asks it."""
