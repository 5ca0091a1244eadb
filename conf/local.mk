# Configuration: installed once, never over an edited one.
EXTRA_DIST += conf/cleat.conf.in conf/mime.types

install-data-hook: install-conf
	rm -f $(DESTDIR)$(modulesdir)/*.la

install-conf:
	$(MKDIR_P) $(DESTDIR)$(confdir)/extra $(DESTDIR)$(sharedir)/htdocs \
	    $(DESTDIR)$(localstatedir)/log/cleat \
	    $(DESTDIR)$(localstatedir)/run/cleat
	@for file in cleat.conf envvars mime.types magic; do \
	    from=$(builddir)/build/$$file; \
	    test -f $$from || from=$(srcdir)/conf/$$file; \
	    test -f $$from || continue; \
	    test -f $(DESTDIR)$(confdir)/$$file || \
	        $(INSTALL_DATA) $$from $(DESTDIR)$(confdir)/$$file; \
	    $(INSTALL_DATA) $$from $(DESTDIR)$(confdir)/$$file.default; \
	done
.PHONY: install-conf
