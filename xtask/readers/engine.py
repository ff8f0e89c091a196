"""A container engine in as much as a client needs one to create a container: it keeps what it was asked for."""

import http.server
import json
import os
import socketserver
import threading

# What tells Docker and Podman which versions of their protocols are spoken.
HEADERS = {"Api-Version": "1.51", "Libpod-Api-Version": "5.8.0", "Ostype": "linux", "Content-Type": "application/json"}


def start(path):
    """Listens at a socket, and returns the list to which the bodies of requests for containers are appended."""
    requests = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self, status, body):
            data = json.dumps(body).encode()
            self.send_response(status)
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def do_HEAD(self):
            self.reply(200, {})

        def do_GET(self):
            self.reply(200, {"Id": "0" * 64})

        def do_POST(self):
            is_chunked = self.headers.get("Transfer-Encoding") == "chunked"
            body = self.chunks() if is_chunked else self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path.partition("?")[0].endswith("/containers/create"):
                requests.append(json.loads(body))
                self.reply(201, {"Id": "0" * 64, "Warnings": []})
            else:
                self.reply(200, {"id": "0" * 64, "images": ["0" * 64]})

        def chunks(self):
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def address_string(self):
            return path

        def log_message(self, *_):
            pass

    class Server(socketserver.ThreadingUnixStreamServer):
        daemon_threads = True

    if os.path.exists(path):
        os.remove(path)
    threading.Thread(target=Server(path, Handler).serve_forever, daemon=True).start()
    return requests
