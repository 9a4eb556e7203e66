"""What is counted over the orders that went before: events, feature definitions, and what each feature comes to."""
