"""A small SMTP server of the tests' own: it takes, refuses, hangs up, on a real socket."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

USER, PASSWORD = "mingtang", "seven-pines"


class PostOffice(socketserver.ThreadingTCPServer):
    """Keeps what it takes in ``letters``; ``moods`` says how it answers each command.

    A mood is an answer (``550 …``) or ``hang up``. With ``tls`` it asks for encryption
    and for the account.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.tls = tls
        self.letters: list[EmailMessage] = []
        self.moods: dict[str, str] = {}
        self.commands: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Counter(socketserver.StreamRequestHandler):
    """One connection."""

    server: PostOffice

    def handle(self) -> None:
        if self.say("CONNECT", "220 ready"):
            while (line := self.rfile.readline()) and self.answer(line.decode().strip()):
                pass

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def say(self, command: str, usual: str) -> bool:
        """Answer, by mood or as usual; false when the line is cut."""
        said = self.server.moods.get(command, usual)
        if said == "hang up":
            return False
        self.wfile.write(f"{said}\r\n".encode())
        return True

    def answer(self, line: str) -> bool:
        command = line.upper().split(" ")[0]
        self.server.commands.append(command)
        encrypted = isinstance(self.connection, ssl.SSLSocket)
        if command == "EHLO":
            offers = (
                "250-here\r\n250-AUTH PLAIN\r\n250-STARTTLS\r\n" if self.server.tls else ""
            )
            return self.say(command, f"{offers}250 SIZE 1000000")
        if command == "STARTTLS" and self.server.tls:
            self.say(command, "220 go on")
            self.encrypt()
            return True
        if command == "AUTH":
            right = f"\0{USER}\0{PASSWORD}".encode()
            good = encrypted and base64.b64decode(line.rsplit(maxsplit=1)[-1]) == right
            return self.say(command, "235 welcome" if good else "535 unknown")
        if command == "DATA":
            return self.take()
        return self.say(command, "221 bye" if command == "QUIT" else "250 ok")

    def take(self) -> bool:
        if self.server.moods.get("DATA"):
            return self.say("DATA", "")
        self.say("DATA", "354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        if self.server.moods.get("TAKEN", "250") == "250":
            letter = message_from_bytes(b"".join(lines), policy=policy.default)
            self.server.letters.append(letter)
        return self.say("TAKEN", "250 taken")

    def encrypt(self) -> None:
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine, made anew, and a server's context with it."""
    import datetime as dt  # noqa: PLC0415 - only where encryption is tried
    from ipaddress import ip_address  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36500))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context
