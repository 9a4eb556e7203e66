"""Where the goods of an order go, in the form in which equal addresses are equal."""

import unicodedata


def normal_address(text: str) -> str:
    """An address without the ways of writing it: width, case, blanks and punctuation.

    What is left of two spellings of one place is often the same, so that they are found to be one.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
