"""What a user can cause, and mend: the base of every exception that says so."""


class Refused(ValueError):
    """A question that cannot be answered as it stands; the text says where, and what to write instead.

    The command line catches it once, and answers with the text and the exit status 2.

    Attributes:
        argument: The argument that asked for it, by its name in the library, which the text begins with; the
            command line has its option there. None where the words name the place.
    """

    argument: str | None = None

    def __init__(self, words: str, argument: str | None = None):
        super().__init__(words)
        if argument is not None:
            self.argument = argument

    @property
    def words(self) -> str:
        """What is wrong, without the name of the argument."""
        return str(self.args[0])

    def __str__(self) -> str:
        return f"{self.argument}: {self.words}" if self.argument else self.words
