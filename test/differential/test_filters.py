"""Output filters: deflate, filter, buffer, data, ratelimit."""
import gzip
import random

from .pair import Group, case, raw
from .test_settings import ALL, in_htaccess

random.seed(1)
WORDS = " ".join(random.choice(("alpha", "beta", "gamma", "delta"))
                 for _ in range(4000))
FILES = {"small.txt": "small\n", "empty.txt": "", "big.txt": WORDS,
         "page.html": f"<html><body>{WORDS}</body></html>\n",
         "page.css": "body { color: red }\n" * 100, "img.png": b"\x89PNG" * 99,
         "zipped.txt.gz": gzip.compress(WORDS.encode(), mtime=0),
         "bad.txt.gz": b"\x1f\x8b\x08\x00 not really gzip",
         "short.txt.gz": gzip.compress(WORDS.encode(), mtime=0)[:500],
         "long.txt.gz": gzip.compress(random.randbytes(300000).hex().encode(),
                                      mtime=0)[:-9],
         "data.bin": bytes(range(256)) * 50,
         "sub/index.html": "sub " * 300}
TYPES = "TypesConfig /etc/mime.types\n"
ENCODINGS = [(), ("Accept-Encoding: gzip",), ("Accept-Encoding: x-gzip",),
             ("Accept-Encoding: deflate",), ("Accept-Encoding: gzip;q=0",),
             ("Accept-Encoding: gzip;q=0.5, deflate",),
             ("Accept-Encoding: *",), ("Accept-Encoding: identity",),
             ("Accept-Encoding: br, gzip",), ("Accept-Encoding: GZIP",),
             ("Accept-Encoding: gzip", "Range: bytes=0-99"),
             ("Accept-Encoding: gzip", "If-None-Match: *"),
             ("Accept-Encoding: gzip", "User-Agent: Mozilla/4.0"),
             ("TE: gzip",)]
NAMES = ("small.txt", "empty.txt", "big.txt", "page.html", "page.css",
         "img.png", "none", "sub/")
DEFLATE_ASK = [(f"{{}}/{n}", *e) for n in NAMES for e in ENCODINGS]
DEFLATE_ASK += [("HEAD {}/big.txt HTTP/1.1", "Accept-Encoding: gzip"),
                ("HEAD {}/small.txt HTTP/1.1", "Accept-Encoding: gzip"),
                ("GET {}/big.txt HTTP/1.0", "Accept-Encoding: gzip",
                 "Connection: keep-alive"),
                ("POST {}/big.txt HTTP/1.1", "Accept-Encoding: gzip")]
DEFLATE = ["SetOutputFilter DEFLATE", "AddOutputFilterByType DEFLATE text/html",
           "AddOutputFilterByType DEFLATE text/html text/plain text/css",
           "AddOutputFilter DEFLATE .txt .html", "SetOutputFilter DEFLATE\n"
           "SetEnvIf User-Agent Mozilla no-gzip",
           "SetOutputFilter DEFLATE\nSetEnvIf User-Agent Mozilla "
           "gzip-only-text/html",
           "SetOutputFilter DEFLATE\nSetEnvIf Host . no-gzip",
           "SetOutputFilter DEFLATE\nHeader append Vary User-Agent",
           "SetOutputFilter DEFLATE\nHeader set Cache-Control no-transform",
           "SetOutputFilter DEFLATE\nHeader set Content-Encoding x",
           "SetOutputFilter DEFLATE\nSetEnvIf Host . force-gzip",
           "SetOutputFilter DEFLATE\nSetEnvIf Host . no-etag"]
SERVER = ["", "DeflateAlterETag AddSuffix\n", "DeflateAlterETag NoChange\n",
          "DeflateAlterETag Remove\n", "DeflateCompressionLevel 1\n",
          "DeflateCompressionLevel 9\nDeflateMemLevel 9\n"
          "DeflateWindowSize 15\n", "DeflateBufferSize 1024\n",
          "DeflateWindowSize 9\nDeflateMemLevel 1\n"]
INFLATE_ASK = [(f"{{}}/{n}", *e) for n in ("zipped.txt.gz", "bad.txt.gz",
                                          "short.txt.gz", "long.txt.gz",
                                          "small.txt")
               for e in ENCODINGS[:3]]
INFLATE = ["AddEncoding gzip .gz\nSetOutputFilter INFLATE",
           "AddEncoding gzip .gz\nSetOutputFilter INFLATE;DEFLATE",
           "AddEncoding gzip .gz\nSetOutputFilter DEFLATE"]

CHAINS = {
    "by-type": "FilterDeclare zip\nFilterProvider zip DEFLATE \"%{CONTENT_TYPE}"
    " =~ m#^text/#\"\nFilterChain zip\n",
    "by-uri": "FilterProvider zip DEFLATE \"%{REQUEST_URI} =~ /big/\"\n"
    "FilterChain +zip\n",
    "by-header": "FilterProvider zip DEFLATE \"%{req:X-Zip} == 'yes'\"\n"
    "FilterChain zip\n",
    "two": "FilterProvider one DEFLATE \"%{resp:Content-Type} =~ /html/\"\n"
    "FilterProvider one BUFFER \"%{resp:Content-Type} =~ /plain/\"\n"
    "FilterChain one\n",
    "protocol": "FilterDeclare zip CONTENT_SET\nFilterProvider zip DEFLATE "
    "true\nFilterProtocol zip change=yes,byteranges=no\nFilterChain zip\n",
    "declared-only": "FilterDeclare nothing\nFilterChain nothing\n",
    "removed": "FilterProvider zip DEFLATE true\nFilterChain zip\n<Location "
    "/page.html>\nFilterChain -zip\n</Location>\n",
    "cleared": "FilterProvider zip DEFLATE true\nFilterChain zip\n<Location "
    "/page.html>\nFilterChain !\n</Location>\n",
    "replaced": "FilterProvider zip DEFLATE true\nFilterChain zip\n<Location "
    "/page.html>\nFilterChain =\n</Location>\n",
    "at-start": "FilterProvider zip DEFLATE true\nFilterProvider b BUFFER true"
    "\nFilterChain zip @b\n",
    "type-add": "AddOutputFilterByType BUFFER;DEFLATE text/html\n",
    "status": "FilterProvider zip DEFLATE \"%{REQUEST_STATUS} -eq 200\"\n"
    "FilterChain zip\n",
}
CHAIN_ASK = [case("/" + n, "Accept-Encoding: gzip", *h) for n in NAMES
             for h in ((), ("X-Zip: yes",), ("Range: bytes=0-9",))]

PLAIN = ["SetOutputFilter BUFFER", "SetOutputFilter BUFFER\nBufferSize 10",
         "SetOutputFilter BUFFER\nBufferSize 1000000",
         "SetInputFilter BUFFER", "SetOutputFilter DATA",
         "SetOutputFilter DATA;DEFLATE", "SetOutputFilter BUFFER;DEFLATE",
         "SetOutputFilter RATE_LIMIT\nSetEnv rate-limit 4000",
         "SetOutputFilter RATE_LIMIT\nSetEnv rate-limit 400\n"
         "SetEnv rate-initial-burst 100",
         "SetOutputFilter RATE_LIMIT", "SetOutputFilter NOSUCH",
         "SetOutputFilter \"\"", "SetOutputFilter none",
         "SetOutputFilter CONTENT_LENGTH;BUFFER",
         "RemoveOutputFilter .txt\nAddOutputFilter DATA .txt",
         "AddOutputFilter DATA .txt\n<Files small.txt>\nRemoveOutputFilter "
         ".txt\n</Files>"]
PLAIN_ASK = [(f"{m} {{}}/{n} HTTP/1.1", "Accept-Encoding: gzip")
             for m in ("GET", "HEAD") for n in (*NAMES, "data.bin")]
PLAIN_ASK += [("{}/data.bin", "Range: bytes=0-99"),
              ("GET {}/data.bin HTTP/1.0",)]

GROUPS = [
    *[in_htaccess(f"deflate-{i}", DEFLATE if i == 0 else DEFLATE[:1],
                  DEFLATE_ASK, files=FILES, extra=TYPES + s,
                  modules=("deflate", "filter", "mime", "headers", "setenvif",
                           "dir")) for i, s in enumerate(SERVER)],
    in_htaccess("inflate", INFLATE, INFLATE_ASK, files=FILES, extra=TYPES,
                modules=("deflate", "mime")),
    *[Group("chain-" + name, ALL + TYPES + config, CHAIN_ASK,
            ("deflate", "filter", "buffer", "mime", "dir"), FILES)
      for name, config in CHAINS.items()],
    in_htaccess("plain-filters", PLAIN, PLAIN_ASK, files=FILES, extra=TYPES,
                modules=("deflate", "buffer", "data", "ratelimit", "mime",
                         "dir", "env")),
    Group("request-body", ALL + "SetInputFilter DEFLATE\n",
          [case("POST /small.txt HTTP/1.1", "Content-Encoding: gzip",
                body=gzip.compress(b"x" * n, mtime=0)) for n in (1, 99, 9999)]
          + [case("POST /small.txt HTTP/1.1", "Content-Encoding: gzip",
                  body=b"not gzip"),
             case("POST /small.txt HTTP/1.1", body=b"plain")],
          ("deflate",), FILES),
    Group("reqtimeout", ALL + "RequestReadTimeout header=1 body=1\n",
          [raw("GET /small.txt HTTP/1.1\nHost: x\n\n"),
           case("POST /small.txt HTTP/1.1", "Content-Length: 10")],
          ("reqtimeout",), FILES),
]


def test_same(compare, comparison):
    compare(*comparison)
