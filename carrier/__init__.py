"""How do we place or change a call ourselves? One port; Twilio's REST API behind it, or nothing where it is unplugged."""
