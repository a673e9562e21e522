"""The browser telephone: a keypad, what the caller hears, what everybody does, and why the call goes as it does."""
