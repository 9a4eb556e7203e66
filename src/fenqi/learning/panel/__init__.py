"""A panel of cards, month by month: how accounts roll from status to status, and which will be late."""
