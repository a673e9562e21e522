"""Who should be rung now, and why? Pure: directory and dateutil."""
