"""With what is a forgery tried? Calls that were recorded, every way to forge a request, and every way in which a proxy may stand."""
