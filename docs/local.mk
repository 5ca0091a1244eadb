# Documents are installed beside the server; the welcome page links to them.
docsdir = $(sharedir)/docs
dist_docs_DATA = \
    docs/README.md \
    docs/abi.md \
    docs/architecture.md \
    docs/debugging.md \
    docs/directives.md \
    docs/getting-started.md \
    docs/http-subset.md \
    docs/parity.md \
    docs/performance.md \
    docs/security.md \
    docs/wire.md

dist_man_MANS = docs/man/cleat.8 docs/man/cleatctl.8 docs/man/apxs.1

EXTRA_DIST += docs/welcome/index.html.in \
    README.md CONTRIBUTING.md SECURITY.md STYLE.md CHANGELOG.md LICENSE

# make reference: generate docs/directives.md and docs/parity.md anew from the
# installed program.
reference: install
	$(srcdir)/build/gen-directives.py $(DESTDIR)$(prefix)
	$(srcdir)/build/gen-parity.py $(DESTDIR)$(prefix)
.PHONY: reference
