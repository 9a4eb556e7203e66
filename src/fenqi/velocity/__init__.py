"""Live order counters: the feature server and its columnar replay."""
