"""What can be shown by one command each? A module per figure, with ``FULL``, its full size, and ``figure``, which measures it."""
