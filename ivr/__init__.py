"""What happens next on this call? Pure: routing and directory; pydantic in ``reading`` alone."""
