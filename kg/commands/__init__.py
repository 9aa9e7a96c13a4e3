"""One file per command: each has options and help, and calls one function of the library."""
