"""Is every call safe and nothing lost, whatever is broken, doubled, late or hostile?"""
