# Rules for a module's folder as `apxs -g` makes it.  The folder's Makefile
# sets NAME and SOURCES (and, if it needs them, DEFS, INCLUDES, LIBS) and
# includes this file.
APXS ?= apxs
HEADERS := $(wildcard *.h)

all: mod_$(NAME).so

mod_$(NAME).so: $(SOURCES) $(HEADERS)
	$(APXS) -c -o $@ -Wc,-std=gnu2x -Wc,-Wall -Wc,-Wextra \
	    $(DEFS) $(INCLUDES) $(SOURCES) $(LIBS)

# Build, load into a server of its own, ask, stop.
check: all
	APXS=$(APXS) python3 test_$(NAME).py

install: all
	$(APXS) -i -n $(NAME) mod_$(NAME).so

activate: all
	$(APXS) -i -a -n $(NAME) mod_$(NAME).so

clean:
	rm -rf .libs __pycache__ mod_$(NAME).so mod_$(NAME).la

.PHONY: all check install activate clean
