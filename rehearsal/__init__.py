"""How would a call go? The telephone plugged into the answering path in this process; nothing real is rung or written."""
