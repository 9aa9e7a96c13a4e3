"""Who logs in to a server, and the variables of the environment that say so."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import NamedTuple


class Variables(NamedTuple):
    """Where a user, a password and a token come from when nobody names them; empty where there is no such variable."""

    user: str = ""
    password: str = ""
    token: str = ""
    default: str = ""
    """The user when not even a variable says who."""


BOLT = Variables(user="NEO4J_USERNAME", password="NEO4J_PASSWORD", default="neo4j")
SPARQL = Variables(password="SPARQL_PASSWORD", token="SPARQL_TOKEN")


@dataclass(frozen=True, slots=True)
class Login:
    """A user with a password, or a bearer token (SPARQL endpoints); with neither a server is asked as nobody.

    >>> Login("ann", "secret")
    Login(user='ann')
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, variables: Variables, user: str = "", password: str | None = None) -> Login:
        """This user, or the one the environment names, with this password or that of the environment; else its token."""
        user = user or os.environ.get(variables.user, variables.default)
        if user:
            return cls(user, os.environ.get(variables.password, "") if password is None else password)
        return cls(token=os.environ.get(variables.token, ""))


NO_LOGIN = Login()
