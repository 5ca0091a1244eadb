# Unit tests: one program for each test/unit/**/test_*.c, linked with the
# whole server.
include test/unit/tests.am
EXTRA_PROGRAMS = $(unit_programs)
LDADD = $(START_GROUP) libcleat.a libmodules.a $(END_GROUP) $(CORE_LIBS) \
    $(CMOCKA_LIBS)

unit-programs: $(unit_programs)

check-local: unit-programs
	@failed=; for test in $(unit_programs); do \
	    if $(builddir)/$$test >$$test.log 2>&1; then continue; fi; \
	    grep -v -e RUN -e '  OK ' $$test.log; failed="$$failed $$test"; \
	done; \
	if test "$$failed"; then echo "failed:$$failed"; exit 1; fi
.PHONY: unit-programs

CLEANFILES = $(unit_programs) $(unit_programs:=.log)
