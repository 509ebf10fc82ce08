"""A small OpenID Connect provider on this machine, with real RS256 tokens."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "mingtang", "for-tests-alone"


class Provider:
    """Says who signs in: whoever ``person`` names."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person = {"sub": "1001", "preferred_username": "clerk"}
        self.claims: dict[str, object] = {}
        self.asked: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def get(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        if parts.path == "/.well-known/openid-configuration":
            said = {
                "issuer": self.issuer,
                "id_token_signing_alg_values_supported": ["RS256"],
            }
            for name in ("authorization", "token", "userinfo"):
                said[f"{name}_endpoint"] = f"{self.issuer}/{name}"
            self._say(request, said | {"jwks_uri": f"{self.issuer}/keys"})
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            self._say(request, {"keys": [public | {"kid": "one", "alg": "RS256"}]})
        elif parts.path == "/userinfo":
            self._say(request, self.person)
        elif parts.path == "/authorization":
            self._authorize(request, parts.query)

    def _authorize(self, request: BaseHTTPRequestHandler, query: str) -> None:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        code = secrets.token_hex(8)
        self.asked[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        request.send_response(302)
        request.send_header("Location", f"{asked['redirect_uri']}?{back}")
        request.end_headers()

    def post(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers["Content-Length"])
        sent = {k: v[0] for k, v in parse_qs(request.rfile.read(length).decode()).items()}
        asked = self.asked.pop(sent["code"], None)
        if asked is None or "code_verifier" not in sent:
            self._say(request, {"error": "invalid_grant"}, 400)
            return
        now = int(time.time())  # noqa: TID251 - a token's own time
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person,
        } | self.claims  # fmt: skip
        if "nonce" in asked:
            claims["nonce"] = asked["nonce"]
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        answer = {"access_token": "a", "token_type": "Bearer", "id_token": token}
        self._say(request, answer)

    @staticmethod
    def _say(request: BaseHTTPRequestHandler, said: object, status: int = 200) -> None:
        content = json.dumps(said).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)
