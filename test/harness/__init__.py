"""What the tests share: start servers, speak HTTP as bytes, read logs."""
from .client import Connection, Response, get, raw, request
from .server import Server, default_kind, find_free_port, prefix

__all__ = ["Connection", "Response", "Server", "default_kind",
           "find_free_port", "get", "prefix", "raw", "request"]
