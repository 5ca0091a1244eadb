# For those who work on Cleat: make lint, make format, make fuzz; and what a
# release holds beyond the sources that make knows.

# ---- make dist: whole folders, without what builds and tests leave in them
DIST_FOLDERS = build conf docs include modules server support test
dist-hook:
	cd $(srcdir) && find $(DIST_FOLDERS) .clang-format -type f \
	    ! -path 'build/aux/*' ! -path '*/__pycache__/*' ! -path '*/.*cache/*' \
	    ! -name '*.o' ! -name '*~' -print0 | \
	    tar --create --null --files-from=- | \
	    (cd $(abs_builddir)/$(distdir) && tar --extract)

# ---- make lint
lint:
	@$(srcdir)/build/lint.py
	@$(srcdir)/build/check-layers.py
	@$(srcdir)/build/check-lognos.py
	@if command -v cppcheck >/dev/null 2>&1; then \
	    echo "== cppcheck"; \
	    cppcheck --quiet --std=c11 --language=c --inline-suppr -j 2 \
	        --enable=warning,portability --max-configs=1 \
	        --suppress=missingInclude --suppress=unknownMacro \
	        --suppress=syntaxError --suppress=internalAstError \
	        --template='{file}:{line}: {severity}: {message}' \
	        -D__GNUC__=12 -I$(srcdir)/include -I$(srcdir)/server \
	        -i $(srcdir)/support/apxs/template \
        $(srcdir)/server $(srcdir)/modules $(srcdir)/support; \
	fi

# ---- make format: the lines that differ from HEAD, or whole files given as
# FILES="..."
FILES =
format:
	cd $(srcdir) && if test -n "$(FILES)"; then clang-format -i $(FILES); \
	else git clang-format --extensions c,h; fi

# ---- make fuzz: each test/fuzz/fuzz_*.c for FUZZ_SECONDS, with the server
# built by clang for it.  What is found grows fuzz/corpus.
FUZZ_SECONDS = 10
FUZZ_CC = clang
FUZZ_CFLAGS = -std=gnu2x -O1 -g -fsanitize=address -fno-omit-frame-pointer
FUZZ_CPPFLAGS = $(SERVER_CPPFLAGS) $(XML2_CFLAGS)
fuzz_objects = $(patsubst %.c,fuzz/%.o,$(filter %.c,\
    $(libcleat_a_SOURCES) $(libmodules_a_SOURCES)))
fuzz_programs = $(patsubst $(srcdir)/test/fuzz/%.c,fuzz/%,\
    $(sort $(wildcard $(srcdir)/test/fuzz/fuzz_*.c)))

fuzz/%.o: %.c
	@$(MKDIR_P) $(@D)
	$(AM_V_CC)$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer-no-link \
	    $(FUZZ_CPPFLAGS) -MMD -MP -c -o $@ $<

fuzz/libcleat.a: $(fuzz_objects)
	$(AM_V_AR)rm -f $@ && $(AR) cq $@ $(fuzz_objects)

fuzz/fuzz_%: test/fuzz/fuzz_%.c fuzz/libcleat.a
	$(AM_V_CCLD)$(FUZZ_CC) $(FUZZ_CFLAGS) -fsanitize=fuzzer \
	    $(FUZZ_CPPFLAGS) -I$(srcdir)/modules -MMD -MP -o $@ $< \
	    fuzz/libcleat.a $(CORE_LIBS)

fuzz: $(fuzz_programs)
	@for program in $(fuzz_programs); do \
	    name=$${program#fuzz/fuzz_}; \
	    seeds=$(srcdir)/test/fuzz/seeds/$$name; \
	    test -d $$seeds || seeds=; \
	    $(MKDIR_P) fuzz/corpus/$$name; \
	    $$program -max_total_time=$(FUZZ_SECONDS) \
	        -artifact_prefix=fuzz/$$name- fuzz/corpus/$$name $$seeds \
	        >fuzz/$$name.log 2>&1 || { tail -n 50 fuzz/$$name.log; exit 1; }; \
	    echo "$$name: $$(grep ^Done fuzz/$$name.log)"; \
	done

-include $(fuzz_objects:.o=.d)

clean-local:
	rm -rf fuzz

.PHONY: lint format fuzz
