"""A seeded world of orders with ground truth: good customers, and six schemes of fraud among them."""
