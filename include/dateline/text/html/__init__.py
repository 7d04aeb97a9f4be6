"""Reading a page: bytes → text (`charset`) → one tree (`tree`) → evidence → facts and body."""
