"""Which tables hold what the desk keeps: callbacks?"""
