"""How is it remembered? SQLAlchemy, files and locks stand here and nowhere else."""
