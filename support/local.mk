# Programs beside the server.
bin_PROGRAMS = cleatctl
cleatctl_SOURCES = \
    support/ctl/main.c \
    support/ctl/control.c \
    support/ctl/ctl.h \
    support/ctl/environment.c \
    support/ctl/http_get.c \
    support/ctl/listen_port.c \
    support/ctl/page_text.c \
    support/ctl/program.c \
    support/ctl/status.c
cleatctl_CPPFLAGS = $(PUBLIC_CPPFLAGS)
cleatctl_LINK = $(LINK)
cleatctl_LDADD =

# apxs: what makes modules outside of this tree.
nodist_bin_SCRIPTS = support/apxs/apxs
installbuilddir = $(sharedir)/build
nodist_installbuild_DATA = support/apxs/config_vars.mk
dist_installbuild_DATA = support/apxs/rules.mk
moduletemplatedir = $(installbuilddir)/template
dist_moduletemplate_DATA = \
    support/apxs/template/Makefile \
    support/apxs/template/README.md \
    support/apxs/template/module.c \
    support/apxs/template/test.py
