"""The suite: mirrors the rooms; ``house`` polices the whole, ``calls`` holds golden calls in plain English."""
