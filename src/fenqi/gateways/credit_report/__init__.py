"""The monthly file to the credit bureau, and who takes it."""
