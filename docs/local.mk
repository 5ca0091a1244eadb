# Documents are installed beside the server; the welcome page links to them.
docsdir = $(sharedir)/docs

EXTRA_DIST += docs/welcome/index.html.in
