"""Which keys does the page know? Each with Alt and Shift: no single letter, so that no word that is dictated does anything."""

SHORTCUTS = (
    ("A", "Answer the first caller who waits"),
    ("P", "Be available, or come back"),
    ("W", "Write up: no calls for two minutes"),
    ("L", "Go away: no calls"),
    ("K", "Call back whoever is due first"),
    ("S", "Search the directory"),
    ("R", "Go to the contact record"),
    ("O", "Add the police, where a force is in the directory"),
    ("C", "Complete the transfer"),
    ("J", "Join all three"),
    ("B", "Cancel the transfer: back to the caller alone"),
)
"""Letters, and what they do where their button is there."""
