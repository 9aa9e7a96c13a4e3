"""Files on whatever file system Hadoop reaches (file:, hdfs:, s3a:, ...), by way of the session's Java."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.spark.session import reason

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True, slots=True)
class File:
    """A file by its URI, with its size in bytes and its time in milliseconds since 1970."""

    uri: str
    size: int
    modified: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.uri.rpartition("/")[2]


class Hadoop:
    """The file systems of a session. Every method raises ``InputError`` that names the path when it cannot be used."""

    def __init__(self, session: SparkSession) -> None:
        self._gateway: Any = session.sparkContext._gateway
        self._java: Any = session.sparkContext._jvm
        self._settings: Any = session.sparkContext._jsc.hadoopConfiguration()

    def absolute(self, path: str) -> str:
        """The path as a URI with its scheme."""
        system, where = self._place(path)
        return str(system.makeQualified(where).toUri().toString())

    def find(self, path: str) -> list[File]:
        """The files of a file, a folder with all below it, or a pattern (``*``, ``?``, ``{a,b}``), sorted by path.

        Names that begin with ``_`` or ``.`` are passed over, as everywhere in Hadoop.
        """
        system, where = self._place(path)
        try:
            # A path that is there is meant as it is, whatever characters it has.
            places = [system.getFileStatus(where)] if system.exists(where) else list(system.globStatus(where) or ())
            found = [file for place in places for file in self._below(system, place)]
        except Exception as error:
            raise InputError(f"{path} cannot be read: {reason(error)}\nCheck the address and the permissions.") from error
        if not places:
            raise InputError(f"There is no file or folder {path!r} ({self.absolute(path)}).\nCheck the path.")
        return sorted(found, key=lambda file: file.uri)

    def children(self, path: str) -> list[str]:
        """The names of what is in a folder, sorted; nothing when there is no folder."""
        system, where = self._place(path)
        if not system.exists(where):
            return []
        return sorted(str(status.getPath().getName()) for status in system.listStatus(where))

    def exists(self, path: str) -> bool:
        """Whether something is there."""
        system, where = self._place(path)
        try:
            return bool(system.exists(where))
        except Exception as error:
            raise InputError(f"{path} cannot be reached: {reason(error)}\nCheck the address and the permissions.") from error

    def read(self, path: str) -> str:
        """A small text file."""
        system, where = self._place(path)
        stream = system.open(where)
        try:
            return bytes(self._java.org.apache.hadoop.io.IOUtils.readFullyToByteArray(stream)).decode("utf-8")
        finally:
            stream.close()

    def write(self, path: str, text: str) -> None:
        """A small text file, there as a whole or not at all."""
        system, where = self._place(path)
        partial = self._path(path + ".partial")
        try:
            stream = system.create(partial, True)
            stream.write(bytearray(text.encode("utf-8")))
            stream.close()
            # Unlike FileSystem.rename this one replaces what is there, in one step where the file system can.
            options = self._java.org.apache.hadoop.fs.Options
            overwrite = self._gateway.new_array(options.Rename, 1)
            overwrite[0] = options.Rename.OVERWRITE
            uri = system.makeQualified(where).toUri()
            contexts = self._java.org.apache.hadoop.fs.FileContext
            contexts.getFileContext(uri, self._settings).rename(
                system.makeQualified(partial), system.makeQualified(where), overwrite
            )
        except Exception as error:
            raise InputError(f"{path} cannot be written: {reason(error)}\nCheck permissions and free space.") from error

    def rename(self, path: str, new: str) -> None:
        """Give a file another name."""
        system, where = self._place(path)
        system.rename(where, self._path(new))

    def delete(self, path: str) -> None:
        """Remove a file or a folder with all that is in it; nothing when it is not there."""
        system, where = self._place(path)
        system.delete(where, True)

    def _below(self, system: Any, status: Any) -> list[File]:
        if not status.isDirectory():
            path = status.getPath()
            return [File(str(path.toUri().toString()), int(status.getLen()), int(status.getModificationTime()))]
        children = (child for child in system.listStatus(status.getPath()) if child.getPath().getName()[0] not in "._")
        return [file for child in children for file in self._below(system, child)]

    def _place(self, path: str) -> tuple[Any, Any]:
        try:
            where = self._path(path)
            return where.getFileSystem(self._settings), where
        except Exception as error:
            raise InputError(
                f"{path} cannot be reached: {reason(error)}\n"
                "Check the address; a scheme like s3a: needs its library, e.g. "
                "--spark-conf spark.jars.packages=org.apache.hadoop:hadoop-aws:VERSION"
            ) from error

    def _path(self, path: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(path)
