"""What can somebody see and change on web pages? One file per page; every change goes the API's way."""
