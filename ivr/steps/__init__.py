"""The verbs of a plan, one file each: ``step(node, moment)`` gives an outcome, or the node at which the same step goes on."""
