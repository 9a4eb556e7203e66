"""How a customer's credit line moves with what they do, and why."""
