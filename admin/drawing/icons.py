"""Which small picture stands for each verb? Strokes in a square of 16 by 16, beside the word that says the same."""

ICONS = {
    "menu": "M3 3h.01M8 3h.01M13 3h.01M3 8h.01M8 8h.01M13 8h.01M3 13h.01M8 13h.01M13 13h.01",
    "switch": "M8 1.5a6.5 6.5 0 1 0 .01 0M8 4.5V8l2.5 2",
    "extension": "M6 2 4.5 14M11.5 2 10 14M2.5 6h12M1.5 10.5h12",
    "dial-by-name": "M1.5 12 4.5 4l3 8M2.6 9.5h3.8M10 4v8h2a2 2 0 0 0 0-4.2h-2M10 7.8h1.6a1.9 1.9 0 0 0 0-3.8H10",
    "ring": "M4 1.5 6.5 5 5 7c.8 1.7 2.3 3.2 4 4l2-1.5 3.5 2.5c-.5 1.8-1.7 2.6-3.5 2.5C6 14 2 10 1.5 5 1.4 3.2 2.2 2 4 1.5Z",
    "queue": "M3.5 4a1.5 1.5 0 1 0 .01 0M8 4a1.5 1.5 0 1 0 .01 0M12.5 4a1.5 1.5 0 1 0 .01 0"
    "M1.5 12c0-4 4-4 4 0M6 12c0-4 4-4 4 0M10.5 12c0-4 4-4 4 0",
    "message": "M1.5 2.5h13v8.5H7l-3.5 3V11h-2z",
    "deadline": "M2 3.5h12V14H2zM2 7h12M5.5 1.5v3M10.5 1.5v3",
    "call-back": "M2 8a6 6 0 1 1 2 4.5M2 3.5V8h4.5",
    "hand-over": "M1.5 8h11M8.5 3.5 13 8l-4.5 4.5",
    "safe": "M8 1.5 14 4v4c0 3.5-2.5 5.5-6 6.5C4.5 13.5 2 11.5 2 8V4zM5.5 8l2 2 3.5-4",
    "goodbye": "M2.5 2.5 13.5 13.5M13.5 2.5 2.5 13.5",
    "staff-only": "M3.5 7h9v7h-9zM5.5 7V4.5a2.5 2.5 0 0 1 5 0V7M8 10v1.5",
}
