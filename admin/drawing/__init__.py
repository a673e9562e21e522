"""What does a plan look like? A drawing as SVG and the same as nested lists, of a plan, a world and a moment; no web in here."""
