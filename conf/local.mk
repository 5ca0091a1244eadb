# Configuration: installed once, never over an edited one.  Examples (extra/)
# and icons are not meant to be edited in place and are always replaced.
EXTRA_DIST += conf/cleat.conf.in conf/mime.types

install-data-hook: install-conf
	rm -f $(DESTDIR)$(modulesdir)/*.la

# Places of this installation, for the examples.  [@]: config.status is not to
# fill in these.
conf_places = sed \
    -e 's|[@]CLEAT_EXP_LIBEXECDIR[@]|$(CLEAT_EXP_LIBEXECDIR)|g' \
    -e 's|[@]CLEAT_REL_LIBEXECDIR[@]|$(CLEAT_REL_LIBEXECDIR)|g' \
    -e 's|[@]CLEAT_REL_SYSCONFDIR[@]|$(CLEAT_REL_SYSCONFDIR)|g' \
    -e 's|[@]CLEAT_EXP_DATADIR[@]|$(CLEAT_EXP_DATADIR)|g' \
    -e 's|[@]CLEAT_EXP_ICONSDIR[@]|$(CLEAT_EXP_ICONSDIR)|g'

install-conf: install-extra install-icons
	$(MKDIR_P) $(DESTDIR)$(confdir) $(DESTDIR)$(sharedir)/htdocs \
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

install-extra:
	$(MKDIR_P) $(DESTDIR)$(confdir)/extra
	@for from in $(srcdir)/conf/extra/*.conf $(srcdir)/conf/extra/*.conf.in; do \
	    test -f $$from || continue; \
	    name=$$(basename $$from .in); \
	    to=$(DESTDIR)$(confdir)/extra/$$name; \
	    $(conf_places) $$from >$$to && chmod 644 $$to || exit 1; \
	done

install-icons:
	$(MKDIR_P) $(DESTDIR)$(sharedir)/icons
	@for from in $(srcdir)/conf/icons/*; do \
	    test -f $$from || continue; \
	    $(INSTALL_DATA) $$from $(DESTDIR)$(sharedir)/icons || exit 1; \
	done

# What was edited stays.  Modules go here as their .la files are not there.
uninstall-hook: uninstall-conf
uninstall-conf:
	rm -rf $(DESTDIR)$(confdir)/extra $(DESTDIR)$(sharedir)/icons
	@cd $(DESTDIR)$(confdir) && for default in *.default; do \
	    file=$${default%.default}; \
	    if cmp -s $$file $$default; then rm -f $$file; fi; \
	    rm -f $$default; \
	done
	cd $(DESTDIR)$(modulesdir) && \
	    rm -f $$(basename -a -s .la $(dso_LTLIBRARIES) | sed 's/$$/.so/')
.PHONY: install-conf install-extra install-icons uninstall-conf
