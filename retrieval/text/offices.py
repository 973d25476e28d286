"""Offices that people hold, and the words before one that make it another's: "deputy mayor", "mantan bupati"."""

OFFICE = (
    r"(?:mayor|director|minister|president|chair(?:man|woman|person)?|governor|secretary|head|chief|manager|editor"
    r"|principal|dean|rector|chancellor|captain|coach|commissioner|ambassador|leader|treasurer|speaker|officer|registrar"
    r"|bupati|wali ?kota|gubernur|ketua|presiden|menteri|direktur|kepala|camat|lurah|kades|rektor|dekan|sekretaris"
    r"|bendahara|kapolres|kapolda|kapolsek|dubes|duta besar)"
)
"""Matches an office, in small letters."""
DEPUTY = "(?:deput[yi]|vice|assistant|wakil)"
ACTING = r"(?:acting|interim|plt\.?|pjs?\.?|penjabat|pelaksana tugas)"
FORMER = "(?:former|ex|mantan|eks|bekas)"
