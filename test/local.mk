# Unit tests: one program for each test/unit/**/test_*.c, linked with the
# whole server.
include test/unit/tests.am
EXTRA_PROGRAMS = $(unit_programs)
LDADD = $(START_GROUP) libcleat.a libmodules.a $(END_GROUP) $(CORE_LIBS) \
    $(CMOCKA_LIBS)

unit-programs: $(unit_programs)

check-local: unit-programs
	@for test in $(unit_programs); do \
	    echo "$$test"; $(builddir)/$$test || exit 1; \
	done
.PHONY: unit-programs

CLEANFILES = $(unit_programs)
