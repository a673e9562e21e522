"""Who can be rung, and on what number? Pure: the standard library and phonenumbers."""
