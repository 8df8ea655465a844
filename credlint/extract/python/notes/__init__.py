"""What the evaluator finds on its way, each fact once; while `shared.muted` is above zero nothing is noted."""
