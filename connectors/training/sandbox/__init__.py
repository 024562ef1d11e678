"""A small web server with faults on demand, its state in one file, its pages in two languages."""
