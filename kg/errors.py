"""What can go wrong, as one tree: catch ``KGError`` to catch everything of ours.

KGError
├── InputError        posts, names or questions that cannot be read
├── StoreError        the graph directory is missing, held by another process or broken
├── ServerError       a server that cannot be reached, lets nobody in or is too old
├── ExtractionFailed  a post that failed in an earlier extraction
├── ClusterError      Spark that cannot be started, or work it could not do
├── VocabularyError   a word the ontology does not know
├── RunError          a process that was ended from outside
├── QueryError        SPARQL, Cypher or a question that cannot be answered as asked
└── MissingExtra      a part of the installation that was left out

Every message says what happened and what to do next.
"""

from __future__ import annotations


class KGError(Exception):
    """Base of all errors raised on purpose."""


class InputError(KGError):
    """Posts, names or questions that cannot be read."""


class StoreError(KGError):
    """The graph directory is missing, held by another process or broken."""


class ServerError(KGError):
    """A database server that cannot be reached, does not let us in or cannot do what is asked."""


class ExtractionFailed(KGError):
    """A post whose extraction failed where it was tried; the message is the reason, as it is kept with the post."""


class ClusterError(KGError):
    """Spark that cannot be started, or work it could not do."""


class VocabularyError(KGError):
    """A type, predicate or qualifier the ontology does not have."""


class RunError(KGError):
    """Work that was broken off from outside."""


class QueryError(KGError):
    """A query that cannot be answered as asked."""


class MissingExtra(KGError):
    """A part of the installation that was left out.

    >>> print(MissingExtra("shacl", "pySHACL"))
    This needs pySHACL, which is not installed.
    Install it with:  pip install 'postkg[shacl]'
    """

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(f"This needs {package}, which is not installed.\nInstall it with:  pip install 'postkg[{extra}]'")
