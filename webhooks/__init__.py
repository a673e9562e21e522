"""How do Twilio and we say that? The answering path: one door, one guard, one writer; memory only, handed its ports."""
