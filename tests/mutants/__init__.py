"""Take out each access check in turn; some test must fail each time. Run by `make mutants`."""
