"""Does each alert that is shipped fire when what it is for happens? A real Prometheus, real machines, real trouble."""
