"""Early warning: what a borrower's own record foretells, what is done about it, and what that brought."""
