"""The DMN Technology Compatibility Kit: reads its tests and runs them."""
