"""How fast is it, beside what? Ratios of one run: a bare Flask application, the documentation's way, the naive design, and ours."""
