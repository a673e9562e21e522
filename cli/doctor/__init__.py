"""What would make calls fail, now or soon? One file per part of a deployment that is looked at; everything is told at once."""
